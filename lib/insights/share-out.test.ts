import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOut } from "./share-out";

const amounts = fc.bigInt({ min: 0n, max: 10n ** 13n });
const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { maxLength: 12 });
const sum = (parts: readonly bigint[]) => parts.reduce((all, part) => all + part, 0n);

describe("shareOut", () => {
  it("[AT15] parts add up to the amount, and none is a unit away from its exact share", () => {
    fc.assert(
      fc.property(amounts, weights, (amount, weighing) => {
        const whole = sum(weighing);
        const parts = shareOut(amount, weighing);
        expect(sum(parts)).toBe(whole === 0n ? 0n : amount);
        for (const [i, part] of parts.entries()) {
          const off = part * whole - amount * (weighing[i] ?? 0n);
          expect(off < whole || whole === 0n).toBe(true);
          expect(off > -whole || whole === 0n).toBe(true);
        }
      }),
    );
  });

  it("[AT15] the units that are left go to the largest remainders, of equal ones to the first", () => {
    expect(shareOut(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(shareOut(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n]);
    // 21 875 : 78 125 of 9.99 is 218.53 : 780.47.
    expect(shareOut(999n, [28n, 100n])).toEqual([219n, 780n]);
    expect(shareOut(1n, [1n, 2n])).toEqual([0n, 1n]);
    expect(shareOut(0n, [1n, 2n])).toEqual([0n, 0n]);
    expect(shareOut(5n, [0n])).toEqual([0n]);
  });
});
