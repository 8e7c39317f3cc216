/** Which of a visitor's events belong to one visit around a conversation. */

/** Milliseconds without an event after which somebody has left the shop: half an hour, as web statistics have it. */
const AWAY_MS = 1_800_000;

/**
 * Those that are joined to the conversation without a longer absence.
 * @param events in order of time
 */
export function visitOf<T extends { readonly at: number }>(
  events: readonly T[],
  conversation: { readonly startedAt: number; readonly endedAt: number | null },
): T[] {
  const { startedAt, endedAt } = conversation;
  const end = endedAt ?? Number.POSITIVE_INFINITY;
  let first = startedAt;
  let last = end;
  for (const { at } of events.toReversed()) if (at < first && first - at <= AWAY_MS) first = at;
  for (const { at } of events) if (at > last && at - last <= AWAY_MS) last = at;
  return events.filter(({ at }) => at >= first && at <= last);
}
