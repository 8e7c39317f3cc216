/**
 * Interval of a mean whose values follow no known law, such as revenue per conversation: mostly nothing, now and then a
 * lot. The percentile bootstrap: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { mean, numericSort, quantileSorted, sampleStandardDeviation } from "simple-statistics";
import { deviationsFor, type Interval, SURE } from "./interval";

/** Samples drawn again; the ends then move by about 3 % of the interval's width if the seed is another one. */
const RESAMPLES = 2_000;
/** From here on the mean is taken as normal and not drawn again: both agree within a twentieth of the width (ST5). */
export const MOST_RESAMPLED = 500;
/** The same for everybody, so that the same data has the same interval on every screen and in every export. */
const SEED = 20_261_122;
/** Values that the generator can give. */
const DRAWS = 2 ** 32;

/** Null where one value, or none, tells nothing about how much they differ. */
export function meanInterval(values: readonly number[], sure = SURE): Interval | null {
  if (values.length < 2) return null;
  const value = mean([...values]);
  if (values.length > MOST_RESAMPLED) {
    const half = (deviationsFor(sure) * sampleStandardDeviation([...values])) / Math.sqrt(values.length);
    return { value, low: value - half, high: value + half };
  }
  const means = resampledMeans(values, RESAMPLES);
  const beyond = (1 - sure) / 2;
  return { value, low: quantileSorted(means, beyond), high: quantileSorted(means, 1 - beyond) };
}

/**
 * Means of samples of the same size drawn from `values` with replacement, lowest first. Nothings are not drawn one by one:
 * how many of a sample are something is drawn at once (a binomial distribution), which is the same and costs a part of it.
 */
export function resampledMeans(values: readonly number[], samples: number): number[] {
  const random = xoroshiro128plus(SEED);
  // In [0, 1).
  const draw = () => (random.next() >>> 0) / DRAWS;
  // Sorted, so that the order in which the database has them changes nothing.
  const some = numericSort(values.filter((value) => value !== 0));
  const atMost = binomialAtMost(values.length, some.length / values.length);
  const drawMean = () => {
    let sum = 0;
    for (let left = firstAbove(atMost, draw()); left > 0; left--)
      sum += some[Math.floor(draw() * some.length)] ?? 0;
    return sum / values.length;
  };
  return numericSort(Array.from({ length: samples }, drawMean));
}

/** How likely at most 0, 1, 2 ... of `trials` succeed. By logarithms: the first of them may be too small for a number. */
function binomialAtMost(trials: number, chance: number): number[] {
  if (chance === 0 || chance === 1) return [...new Array<number>(trials * chance).fill(0), 1];
  const odds = Math.log(chance) - Math.log1p(-chance);
  let log = trials * Math.log1p(-chance);
  let sum = 0;
  return Array.from({ length: trials + 1 }, (_, successes) => {
    if (successes > 0) log += Math.log((trials - successes + 1) / successes) + odds;
    sum += Math.exp(log);
    return sum;
  });
}

/** Where the first value above this one stands, of values that never fall; the last place when none is. */
function firstAbove(values: readonly number[], value: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((values[middle] ?? 1) > value) to = middle;
    else from = middle + 1;
  }
  return from;
}
