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
 * how many lie between two other values is drawn at once (a geometric distribution), which is the same and costs a tenth.
 */
export function resampledMeans(values: readonly number[], samples: number): number[] {
  const random = xoroshiro128plus(SEED);
  // In (0, 1], of which the logarithm is finite.
  const draw = () => ((random.next() >>> 0) + 1) / DRAWS;
  // Sorted, so that the order in which the database has them changes nothing.
  const some = numericSort(values.filter((value) => value !== 0));
  if (some.length === 0) return Array.from({ length: samples }, () => 0);
  const perNothing = Math.log1p(-some.length / values.length);
  const drawMean = () => {
    let sum = 0;
    for (let at = 0; ; at++) {
      at += Math.floor(Math.log(draw()) / perNothing);
      if (at >= values.length) return sum / values.length;
      sum += some[Math.ceil(draw() * some.length) - 1] ?? 0;
    }
  };
  return numericSort(Array.from({ length: samples }, drawMean));
}
