/** Oldest believable event of a batch: the loader keeps unsent events for a day. Milliseconds. */
export const MAX_EVENT_AGE_MS = 24 * 60 * 60 * 1_000;

/**
 * Believable times for one batch of claimed times (milliseconds since 1970), in the given order.
 * A wrong clock is wrong for the whole batch, so the batch is moved as a whole: order and gaps survive.
 */
export function settleTimes(claimedMs: readonly number[], receivedMs: number): number[] {
  if (claimedMs.length === 0) return [];
  const newest = claimedMs.reduce((a, b) => Math.max(a, b));
  const wrongClock = newest > receivedMs || newest < receivedMs - MAX_EVENT_AGE_MS;
  // Counted back from the newest: a sum with an absurd clock would be rounded past the receipt.
  const settle = (at: number) => (wrongClock ? receivedMs - (newest - at) : at);
  return claimedMs.map((at) => Math.max(settle(at), receivedMs - MAX_EVENT_AGE_MS));
}
