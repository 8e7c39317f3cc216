/** Marks that belong to a moment of a video: when they are seen, and how they gather on the timeline. */
import type { Mark } from "./mark";

/**
 * Milliseconds before and after its moment in which a mark is seen, playing or paused: long enough to be noticed while
 * the video runs, and longer than it takes to press pause on seeing one, so that it is still there then.
 */
export const MOMENT_WINDOW_MS = 600;

/** @param position milliseconds into the video */
export function isSeenAt(mark: Pick<Mark, "moment">, position: number): boolean {
  return mark.moment === null || Math.abs(mark.moment - position) <= MOMENT_WINDOW_MS;
}

/** Marks so near to each other on the timeline that they share a dot; the earliest first. */
export interface Dot {
  readonly moment: number;
  readonly marks: readonly (Mark & { readonly moment: number })[];
}

/** @param gap milliseconds from a dot's first mark within which others join it */
export function gatherDots(marks: readonly Mark[], gap: number): Dot[] {
  const inOrder = marks
    .flatMap((mark) => (mark.moment === null ? [] : [{ ...mark, moment: mark.moment }]))
    .sort((a, b) => a.moment - b.moment || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const dots: { moment: number; marks: (Mark & { readonly moment: number })[] }[] = [];
  for (const mark of inOrder) {
    const last = dots.at(-1);
    if (last && mark.moment - last.moment < gap) last.marks.push(mark);
    else dots.push({ moment: mark.moment, marks: [mark] });
  }
  return dots;
}

/** Where a press on a dot leads: through its moments one after the other, then to the first again. */
export function nextMoment(dot: Dot, position: number): number {
  const at = dot.marks.findIndex(({ moment }) => moment === Math.round(position));
  const later = at < 0 ? undefined : dot.marks.find(({ moment }) => moment > Math.round(position));
  return later?.moment ?? dot.moment;
}

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** "0:12", "1:02:03": the same in every language we speak. */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / HOUR_S);
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  const rest = two(seconds % MINUTE_S);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
