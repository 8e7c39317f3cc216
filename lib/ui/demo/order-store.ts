/** The order just placed, handed from checkout to the thank-you page within one tab. */
import type { VetrinaLine } from "@/lib/widget/vetrina-call";

export interface PlacedOrder {
  readonly id: string;
  readonly currency: string;
  readonly total: number;
  readonly lines: readonly VetrinaLine[];
}

const STORAGE = "lume.order";

export function keepOrder(order: PlacedOrder): void {
  try {
    sessionStorage.setItem(STORAGE, JSON.stringify(order));
  } catch {
    // Without storage the thank-you page only says thank you.
  }
}

export function readOrder(): PlacedOrder | null {
  try {
    const order: PlacedOrder | null = JSON.parse(sessionStorage.getItem(STORAGE) ?? "null");
    return order;
  } catch {
    return null;
  }
}
