import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_EVENT_AGE_MS, settleTimes } from "./settle-times";

const NOW = Date.parse("2026-05-10T12:00:00Z");

describe("settleTimes", () => {
  it("leaves believable times alone", () => {
    expect(settleTimes([NOW - 60_000, NOW], NOW)).toEqual([NOW - 60_000, NOW]);
  });

  it("[IN6] moves a batch of a wrong clock as a whole", () => {
    expect(settleTimes([1_000, 4_000], NOW)).toEqual([NOW - 3_000, NOW]);
    expect(settleTimes([NOW + 7_000, NOW + 9_000], NOW)).toEqual([NOW - 2_000, NOW]);
  });

  it("[IN7] whatever is claimed ends between a day before receipt and receipt, in the claimed order", () => {
    const claims = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 50 });
    // An absurd clock once was rounded past the receipt.
    const examples: [number[]][] = [[[-9_007_199_254_740_943]]];
    fc.assert(
      fc.property(claims, (claimed) => {
        const settled = settleTimes(claimed, NOW);
        expect(settled.every((at) => at >= NOW - MAX_EVENT_AGE_MS && at <= NOW)).toBe(true);
        for (let i = 1; i < claimed.length; i++) {
          const before = (claimed[i] ?? 0) - (claimed[i - 1] ?? 0);
          expect(
            Math.sign(before) * Math.sign((settled[i] ?? 0) - (settled[i - 1] ?? 0)),
          ).toBeGreaterThanOrEqual(0);
        }
      }),
      { examples },
    );
  });
});
