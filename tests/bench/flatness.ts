/** Whether something grows without end, by what it was time and again. */
import { median } from "./table";

interface Flatness {
  /** Median of the last quarter. */
  readonly last: number;
  /** That divided by the median of the second quarter: in the first everything grows once, caches and pools. */
  readonly growth: number;
}

/** What a flat thing's growth may be. */
export const FLAT_TARGET = 1.1;

export function flatness(values: readonly number[]): Flatness {
  const quarter = (number: 1 | 2 | 3 | 4) =>
    median(values.slice(((number - 1) * values.length) / 4, (number * values.length) / 4));
  return { last: quarter(4), growth: quarter(4) / quarter(2) };
}
