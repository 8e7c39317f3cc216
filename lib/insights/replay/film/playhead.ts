/** Where a film stands and how it goes on: pure, so that every rule of playing can be tried without a screen. */

export const rates = [1, 2, 4] as const;
export type Rate = (typeof rates)[number];

export interface Playhead {
  /** Milliseconds into the film. */
  readonly position: number;
  readonly playing: boolean;
  readonly rate: Rate;
  /** Where it stops by itself: the end of a passage; null plays on to the film's end. */
  readonly stopAt: number | null;
}

/** As far on as so many milliseconds of the viewer's time take it; at its end it stands. */
export function advance(head: Playhead, elapsed: number, length: number): Playhead {
  if (!head.playing) return head;
  const next = head.position + elapsed * head.rate;
  const { stopAt } = head;
  if (stopAt !== null && next >= stopAt) return { ...head, position: stopAt, playing: false, stopAt: null };
  return next >= length ? { ...head, position: length, playing: false } : { ...head, position: next };
}

/** Anywhere in the film. Whoever goes somewhere herself has left the passage she was shown. */
export function moveTo(head: Playhead, position: number, length: number): Playhead {
  return { ...head, position: Math.min(length, Math.max(0, position)), stopAt: null };
}

/** Plays or pauses; at the end it begins anew. */
export function toggle(head: Playhead, length: number): Playhead {
  if (head.playing) return { ...head, playing: false };
  return { ...head, playing: true, position: head.position >= length ? 0 : head.position };
}

/** Milliseconds back within which the marker just passed is not the previous one: pressing twice goes further. */
const JUST_PASSED_MS = 1_500;

/** The marker after, or before, this place; null when there is none. @param positions in order, milliseconds into the film */
export function nextMarker(positions: readonly number[], position: number, way: 1 | -1): number | null {
  const found =
    way === 1
      ? positions.find((marker) => marker > position + 1)
      : positions.findLast((marker) => marker < position - JUST_PASSED_MS);
  return found ?? null;
}
