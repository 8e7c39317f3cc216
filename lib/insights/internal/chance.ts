import { gammaln } from "simple-statistics";

/** Of `of` cases, `first` have one property, `second` another, `both` have both. */
export interface Together {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly of: number;
}

/**
 * How likely at least so many cases have both by chance alone, with both properties as frequent as they are: the upper
 * tail of the hypergeometric distribution, which is the one-sided exact test of R. A. Fisher (The Design of Experiments,
 * 1935, chapter II). Exact for the smallest counts, where an approximation would claim too much.
 */
export function chanceOf({ both, first, second, of }: Together): number {
  const most = Math.min(first, second);
  let chance = 0;
  for (let count = Math.max(both, first + second - of, 0); count <= most; count++) {
    const term = Math.exp(
      logChoose(second, count) + logChoose(of - second, first - count) - logChoose(of, first),
    );
    chance += term;
    // Past its peak each term is smaller than the one before: what follows changes no digit.
    if (term < chance * Number.EPSILON && count > (first * second) / of) break;
  }
  return Math.min(1, chance);
}

function logChoose(of: number, count: number): number {
  return gammaln(of + 1) - gammaln(count + 1) - gammaln(of - count + 1);
}

/**
 * How many times as often as if they had nothing to do with each other: P(both) / (P(first) P(second)), the "interest" of
 * S. Brin, R. Motwani, C. Silverstein, Beyond Market Baskets, SIGMOD 1997, since called lift. 1: nothing to do with each other.
 */
export function liftOf({ both, first, second, of }: Together): number {
  return (both * of) / (first * second);
}
