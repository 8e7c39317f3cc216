/**
 * How many calls of `window.vetrina` are carried out: a page that calls in a loop, out of mistake or malice, costs its
 * visitor and us no more than this. A shop that tells every change of a cart stays far below.
 */

/** At once. */
const BURST_CALLS = 200;
const CALLS_PER_SECOND = 5;

/** @param now milliseconds, of any clock that does not jump @returns whether this call is carried out */
export function openCallAllowance(now: () => number): () => boolean {
  let left = BURST_CALLS;
  let at = now();
  return () => {
    const moment = now();
    left += ((moment - at) / 1_000) * CALLS_PER_SECOND;
    if (left > BURST_CALLS) left = BURST_CALLS;
    at = moment;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
