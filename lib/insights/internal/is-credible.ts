import type { BrowserEvent } from "@/lib/protocol/events";
import { minorDigits } from "@/lib/protocol/minor-digits";

/** Pieces of one whole cart or order: hundreds of a wholesaler's lines of hundreds each. More is a mistake, or made up. */
export const MAX_CLAIMED_PIECES = 100_000;

/** Whether a claim may be so at all; what is not is left out, and the rest of its batch is taken. */
export function isCredible(event: BrowserEvent): boolean {
  if (event.type !== "cart_changed" && event.type !== "order_placed") return true;
  if (minorDigits(event.currency) === null) return false;
  return event.lines.reduce((sum, line) => sum + line.quantity, 0) <= MAX_CLAIMED_PIECES;
}
