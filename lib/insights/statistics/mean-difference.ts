import { deviationsFor, type Interval, SURE } from "./interval";

/** A sample: how many values, their mean, and their variance (of a sample: divided by one less than their number). */
export interface Sample {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/**
 * By how much the first mean is higher than the second, of two samples whose variances may differ: B. L. Welch, Biometrika 34
 * (1947) 28-35, with the degrees of freedom of his equation (Satterthwaite's). A sample of one tells nothing: no bounds.
 */
export function meanDifference(first: Sample, second: Sample, sure = SURE): Interval {
  const value = first.mean - second.mean;
  if (first.count < 2 || second.count < 2) return { value, low: -Infinity, high: Infinity };
  const [a, b] = [first.variance / first.count, second.variance / second.count];
  if (a + b === 0) return { value, low: value, high: value };
  const freedom = (a + b) ** 2 / (a ** 2 / (first.count - 1) + b ** 2 / (second.count - 1));
  const half = studentDeviations(sure, freedom) * Math.sqrt(a + b);
  return { value, low: value - half, high: value + half };
}

/**
 * The same as `deviationsFor` of Student's distribution: Abramowitz and Stegun, Handbook of Mathematical Functions (1964),
 * 26.7.5. To 1 % from 4 degrees of freedom on, to four digits from 30.
 */
export function studentDeviations(sure: number, freedom: number): number {
  const z = deviationsFor(sure);
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
