import { describe, expect, it } from "vitest";
import { deviationsFor, overlap, sureTogether } from "./interval";
import { meanDifference, studentDeviations } from "./mean-difference";
import { MOST_RESAMPLED, meanInterval, resampledMeans } from "./mean-interval";
import { rateDifference } from "./rate-difference";
import { scoreInterval } from "./score-interval";

/** Days that treated mice survived: Efron and Tibshirani (1993), table 2.1. */
const MICE = [94, 197, 16, 38, 99, 141, 23];

const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** Means of all 7^7 samples that can be drawn of seven values, lowest first. */
function everyMean(values: readonly number[]): number[] {
  const sums = values.reduce<number[]>(
    (sums) => sums.flatMap((sum) => values.map((value) => sum + value)),
    [0],
  );
  return sums.map((sum) => sum / values.length).sort((a, b) => a - b);
}

describe("a rate", () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("[ST1] %i of %i lies between %f and %f", (successes, trials, low, high) => {
    const interval = scoreInterval({ successes, trials });
    expect(interval.value).toBe(successes / trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("[ST1] of all, and of nothing", () => {
    expect(scoreInterval({ successes: 20, trials: 20 })).toMatchObject({ value: 1, high: 1 });
    expect(scoreInterval({ successes: 20, trials: 20 }).low).toBeCloseTo(1 - 0.1611, 4);
    expect(scoreInterval({ successes: 0, trials: 0 })).toEqual({ value: 0, low: 0, high: 1 });
  });
});

describe("a difference of two rates", () => {
  // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])("[ST2] %i of %i less %i of %i lies between %f and %f", (a, m, b, n, low, high) => {
    const interval = rateDifference({ successes: a, trials: m }, { successes: b, trials: n });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("[ST2] of an empty group", () => {
    const nobody = { successes: 0, trials: 0 };
    expect(rateDifference(nobody, { successes: 5, trials: 9 })).toEqual({ value: 0, low: -1, high: 1 });
    expect(rateDifference({ successes: 5, trials: 9 }, nobody)).toEqual({ value: 0, low: -1, high: 1 });
  });
});

describe("a mean", () => {
  it("[ST3] is spread as published: 23.36 days for the mice (table 2.2, the limit of many samples)", () => {
    expect(deviation(everyMean(MICE))).toBeCloseTo(23.36, 2);
    expect(deviation(resampledMeans(MICE, 100_000))).toBeCloseTo(23.36, 0);
  });

  it("[ST3] has the interval of all samples there are", () => {
    const all = everyMean(MICE);
    const interval = meanInterval(MICE);
    const width = (all[802_954] ?? 0) - (all[20_588] ?? 0);
    expect(Math.abs((interval?.low ?? 0) - (all[20_588] ?? 0))).toBeLessThan(width / 20);
    expect(Math.abs((interval?.high ?? 0) - (all[802_954] ?? 0))).toBeLessThan(width / 20);
    expect(interval?.value).toBeCloseTo(86.857, 3);
  });

  it("[ST3] draws nothings as often as anything else", () => {
    const values = [...new Array<number>(30).fill(0), ...MICE];
    const drawn = resampledMeans(values, 100_000);
    expect(deviation(drawn)).toBeCloseTo(deviation(values) / Math.sqrt(values.length), 1);
    const hardlyNone = [0, ...Array.from({ length: 71 }, () => MICE).flat()];
    const often = deviation(resampledMeans(hardlyNone, 20_000));
    expect(often / (deviation(hardlyNone) / Math.sqrt(hardlyNone.length))).toBeCloseTo(1, 1);
    expect(meanInterval([0, 0, 0])).toEqual({ value: 0, low: 0, high: 0 });
    expect(meanInterval([5])).toBeNull();
  });

  it("[ST4] is the same for everybody", () => {
    const values = [...new Array<number>(30).fill(0), ...MICE];
    expect(meanInterval([...values].reverse())).toEqual(meanInterval(values));
    expect(meanInterval(values)).toMatchInlineSnapshot(`
      {
        "high": 31.407432432432422,
        "low": 4.350675675675677,
        "value": 16.43243243243243,
      }
    `);
  });

  it("[ST5] is normal for many", () => {
    const values = Array.from({ length: MOST_RESAMPLED }, (_, at) =>
      at % 8 === 0 ? Math.exp((at % 97) / 15) : 0,
    );
    const drawn = meanInterval(values);
    const normal = meanInterval([...values, 0]);
    const twentieth = ((drawn?.high ?? 0) - (drawn?.low ?? 0)) / 20;
    expect(twentieth).toBeGreaterThan(0);
    expect(Math.abs((drawn?.low ?? 0) - (normal?.low ?? 0))).toBeLessThan(twentieth);
    expect(Math.abs((drawn?.high ?? 0) - (normal?.high ?? 0))).toBeLessThan(twentieth);
  });
});

describe("how sure", () => {
  // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), table 26.5.
  it.each([
    [0.9, 1.6448536],
    [0.95, 1.959964],
    [0.99, 2.5758293],
    [0.999, 3.2905267],
  ])("[ST6] %f of all lie within %f deviations", (share, deviations) => {
    expect(deviationsFor(share)).toBeCloseTo(deviations, 5);
  });

  it("[ST7] together", () => {
    expect(sureTogether(1)).toBeCloseTo(0.95, 12);
    expect(sureTogether(10)).toBeCloseTo(0.995, 12);
    expect(sureTogether(0)).toBeCloseTo(0.95, 12);
  });

  it("[ST8] told apart or not", () => {
    const low = { value: 1, low: 0, high: 2 };
    expect(overlap(low, { value: 3, low: 2, high: 4 })).toBe(true);
    expect(overlap({ value: 3, low: 2, high: 4 }, low)).toBe(true);
    expect(overlap(low, { value: 3, low: 2.1, high: 4 })).toBe(false);
    expect(overlap({ value: 3, low: 2.1, high: 4 }, low)).toBe(false);
  });
});

describe("a difference of two means", () => {
  it("[ST9] agrees with the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.3", () => {
    // Miles a gallon of American and Japanese cars: t = -12.94627 with 136.875 degrees of freedom.
    const american = { count: 249, mean: 20.14458, variance: 6.4147 ** 2 };
    const japanese = { count: 79, mean: 30.48101, variance: 6.10771 ** 2 };
    const interval = meanDifference(american, japanese);
    const half = (interval.high - interval.low) / 2;
    expect(interval.value / (half / studentDeviations(0.95, 136.875))).toBeCloseTo(-12.94627, 3);
  });

  it("[ST9] of too few, and of what never differs", () => {
    const one = { count: 1, mean: 5, variance: 0 };
    expect(meanDifference(one, { count: 9, mean: 2, variance: 1 })).toEqual({
      value: 3,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    });
    const always = { count: 9, mean: 2, variance: 0 };
    expect(meanDifference(always, always)).toEqual({ value: 0, low: 0, high: 0 });
  });

  // Abramowitz and Stegun, table 26.10.
  it.each([
    [4, 2.776, 2],
    [10, 2.228, 3],
    [30, 2.0423, 4],
    [60, 2.0003, 4],
    [120, 1.9799, 4],
  ])("[ST10] with %i degrees of freedom 95 of 100 lie within %f", (freedom, deviations, digits) => {
    expect(Math.abs(studentDeviations(0.95, freedom) / deviations - 1)).toBeLessThan(10 ** -digits);
  });
});
