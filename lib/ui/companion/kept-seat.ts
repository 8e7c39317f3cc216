/** A companion's place in a conversation, kept in her browser so that a reload, or the address
 * opened again, does not make a second guest of her. */
import * as z from "zod/mini";
import { conversationIdSchema } from "@/lib/protocol/ids";

const seatSchema = z.object({
  conversationId: conversationIdSchema,
  /** Hers alone. */
  visitorToken: z.string(),
  /** Names, as they were when she came in. */
  shop: z.string(),
  customer: z.string(),
});
export type Seat = z.infer<typeof seatSchema>;

const keyOf = (code: string) => `vetrina-companion-${code}`;

export function keptSeat(code: string): Seat | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(code)) ?? "null");
    return seatSchema.safeParse(kept).data ?? null;
  } catch {
    // No storage in this browser, or not what we had put there: she comes in anew.
    return null;
  }
}

export function keepSeat(code: string, seat: Seat): void {
  try {
    localStorage.setItem(keyOf(code), JSON.stringify(seat));
  } catch {
    // Without storage she is asked again after a reload.
  }
}

export function forgetSeat(code: string): void {
  try {
    localStorage.removeItem(keyOf(code));
  } catch {
    // Nothing was kept then.
  }
}
