/**
 * A value with the span in which the true one lies, as far as a sample can tell. "Sure" is the share of such spans that
 * hold the true value: 0.95 unless several are looked at together (`sureTogether`).
 */
import { bisect, errorFunction } from "simple-statistics";

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What every report means by an interval, unless it says otherwise. */
export const SURE = 0.95;

/** The normal distribution holds all but 2 in a billion within this many standard deviations. */
const WIDEST = 6;
/** Halvings of 0..6: to 5e-12, finer than the error function is exact (1e-7). */
const HALVINGS = 40;
const EXACT = 1e-11;

/**
 * Standard deviations around the middle of the normal distribution that hold this share of it: 1.96 for 0.95. Solved from
 * the library's error function (1e-7), because its `probit` is 0.15 % off there.
 */
export function deviationsFor(sure: number): number {
  return bisect((z) => errorFunction(z / Math.SQRT2) - sure, 0, WIDEST, HALVINGS, EXACT);
}

/** How sure each of `count` looks has to be, for all of them to be right together in 95 of 100 cases (Bonferroni). */
export function sureTogether(count: number): number {
  return 1 - (1 - SURE) / Math.max(1, count);
}

/** Whether two spans share a value: then a sample does not tell which true value is the higher one. */
export function overlap(a: Interval, b: Interval): boolean {
  return a.low <= b.high && b.low <= a.high;
}
