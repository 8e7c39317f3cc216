import { type Interval, SURE } from "./interval";
import { type Rate, scoreInterval } from "./score-interval";

/**
 * By how much the first rate is higher than the second, of two groups that have nobody in common: Newcombe's hybrid score
 * interval, method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890. An interval that holds 0 tells no
 * difference. A group without trials says nothing: -1 to 1.
 */
export function rateDifference(first: Rate, second: Rate, sure = SURE): Interval {
  if (first.trials === 0 || second.trials === 0) return { value: 0, low: -1, high: 1 };
  const a = scoreInterval(first, sure);
  const b = scoreInterval(second, sure);
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}
