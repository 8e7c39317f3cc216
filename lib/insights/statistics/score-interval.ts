import { deviationsFor, type Interval, SURE } from "./interval";

/** How often something happened, of how many times it could have. */
export interface Rate {
  readonly successes: number;
  readonly trials: number;
}

/**
 * Wilson's score interval of a rate, without continuity correction: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212;
 * method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872. It never leaves 0..1 and means something at 0 of n.
 * Without trials nothing is known: 0 to 1.
 */
export function scoreInterval({ successes, trials }: Rate, sure = SURE): Interval {
  if (trials === 0) return { value: 0, low: 0, high: 1 };
  const value = successes / trials;
  const z = deviationsFor(sure);
  const middle = 2 * successes + z * z;
  const half = z * Math.sqrt(z * z + 4 * successes * (1 - value));
  const whole = 2 * (trials + z * z);
  return {
    value,
    low: successes === 0 ? 0 : (middle - half) / whole,
    high: successes === trials ? 1 : (middle + half) / whole,
  };
}
