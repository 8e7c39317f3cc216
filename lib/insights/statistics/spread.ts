import { mean, numericSort, quantileSorted } from "simple-statistics";

/** What times look like: half took at most the median, nine of ten at most p90. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
}

/** Quantiles between two values are interpolated (type 7 of Hyndman and Fan, American Statistician 50 (1996) 361-365). */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = numericSort([...values]);
  return {
    count: sorted.length,
    mean: mean(sorted),
    median: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
  };
}
