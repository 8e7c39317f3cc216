/** When a message that was not taken is tried again: pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** After the first attempt, the second, ...: a restart is over in seconds, a bad evening next morning. 24 hours in all. */
const WAITS_MS = [
  5_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
] as const;

/** Longest addition, as a part of the wait: what failed at once shall not come back at once. */
const JITTER = 0.2;

/** Attempts in all. */
export const MAX_ATTEMPTS = WAITS_MS.length + 1;

/** How long an endpoint that takes nothing is tried, milliseconds: longer than any weekend. Then it is switched off. */
export const GIVE_UP_AFTER_MS = 5 * 24 * HOUR_MS;

/** @param attempts made so far, from 1; @param random from 0 to 1 @returns null when that was the last */
export function retryAt(attempts: number, now: Date, random: number): Date | null {
  const wait = WAITS_MS[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * (1 + JITTER * random));
}
