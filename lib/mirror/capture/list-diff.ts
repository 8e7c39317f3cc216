/** What changed between two lists, as one splice: what they begin and end with in common stays. */
export interface ListDiff {
  readonly start: number;
  readonly deleted: number;
  /** Where in the new list the inserted part ends. */
  readonly end: number;
}

/** @returns null when nothing did */
export function diffLists<T>(
  old: readonly T[],
  now: readonly T[],
  same: (one: T | undefined, other: T | undefined) => boolean = (one, other) => one === other,
): ListDiff | null {
  let start = 0;
  while (start < old.length && start < now.length && same(old[start], now[start])) start++;
  let oldEnd = old.length;
  let end = now.length;
  while (oldEnd > start && end > start && same(old[oldEnd - 1], now[end - 1])) {
    oldEnd--;
    end--;
  }
  return oldEnd === start && end === start ? null : { start, deleted: oldEnd - start, end };
}
