/**
 * An amount in whole units by weights, exactly: the parts add up to it. By largest remainder (Hamilton's method): every
 * part is rounded down, and what is left goes, a unit each, to the largest remainders, of equal ones to those named first.
 * Without weights there are no parts.
 */
export function shareOut(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight, place) => ({
    place,
    units: (amount * weight) / whole,
    rest: (amount * weight) % whole,
  }));
  const left = amount - parts.reduce((sum, { units }) => sum + units, 0n);
  const lucky = parts
    .toSorted((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1))
    .slice(0, Number(left));
  return parts.map((part) => part.units + (lucky.includes(part) ? 1n : 0n));
}
