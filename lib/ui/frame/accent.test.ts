import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accentCss, accentFor, contrast, inks, LEAST_CONTRAST, parseColor, surfaces } from "./accent";

const anyColor = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
  .map((channels) => `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`);

describe("the shop's accent", () => {
  it("[FR1] whatever colour the shop chose, text in it and on it can be read in both themes", () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const { light, dark } = accentFor(color);
        expect(contrast(light.accent, surfaces.light)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(light.accent, light.ink)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark.accent, surfaces.dark)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast(dark.accent, dark.ink)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast("#57534a", light.soft)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrast("#c0bab0", dark.soft)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }),
      { numRuns: 500 },
    );
  });

  it("[FR2] a colour that is readable as it is stays as it is", () => {
    expect(accentFor("#0b3d91").light.accent).toBe("#0b3d91");
    expect(accentFor("#ffb38a").dark.accent).toBe("#ffb38a");
    expect(accentFor("rgb(11, 61, 145)").light.accent).toBe("#0b3d91");
  });

  it("[FR2] a colour that nobody understands, or that is more than a colour, becomes our own", () => {
    expect(parseColor("red;} body{display:none")).toBeNull();
    expect(accentCss("</style><script>alert(1)</script>")).toBe(accentCss("#b4380f"));
    expect(accentCss("#fff")).not.toMatch(/[<>]/);
    expect(contrast(inks.light, inks.dark)).toBeGreaterThan(15);
  });
});
