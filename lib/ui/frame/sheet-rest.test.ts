import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { higher, lower, PEEK_PX, restAfterDrag, restHeight, rests } from "./sheet-rest";

/** An iPhone's visible height. */
const PHONE = 750;

describe("the chat sheet's rests", () => {
  it("[FR8] the three rests grow, fit the frame and never cover all of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 1_200 }), (height) => {
        const [peek = 0, half = 0, full = 0] = rests.map((rest) => restHeight(rest, height));
        expect(peek).toBeLessThanOrEqual(half);
        expect(half).toBeLessThanOrEqual(full);
        expect(full).toBeLessThan(height);
      }),
    );
  });

  it("[FR9] let go slowly it takes the nearest rest, flung it goes the way it was flung", () => {
    const half = restHeight("half", PHONE);
    expect(restAfterDrag(half + 20, 0, PHONE)).toBe("half");
    expect(restAfterDrag(half + 20, 1, PHONE)).toBe("full");
    expect(restAfterDrag(half - 20, 1, PHONE)).toBe("half");
    expect(restAfterDrag(half - 20, -1, PHONE)).toBe("peek");
    expect(restAfterDrag(PEEK_PX, -1, PHONE)).toBe("peek");
    expect(restAfterDrag(PHONE, 1, PHONE)).toBe("full");
  });

  it("[FR9] buttons and keys walk the same three steps", () => {
    expect(rests.map(higher)).toEqual(["half", "full", "full"]);
    expect(rests.map(lower)).toEqual(["peek", "peek", "half"]);
  });
});
