import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelFor, longestOf, tilesWithin, topLevel } from "./tiles";

const studio = { width: 11_648, height: 8_736 };

describe("tiles of a large picture", () => {
  it("[PA50] a level is the smallest that is sharp, and the picture itself at most", () => {
    expect(topLevel(studio)).toBe(14);
    expect([3, 1, 0.6, 0.5, 0.49, 0.26, 0.25, 0.1].map((scale) => levelFor(studio, scale))).toEqual([
      14, 14, 14, 13, 13, 13, 12, 11,
    ]);
    expect([14, 13, 12].map((level) => longestOf(studio, level))).toEqual([11_648, 5_824, 2_912]);
  });

  it("[PA50] a level has at least the pixels that are shown", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (scale) => {
        expect(longestOf(studio, levelFor(studio, scale))).toBeGreaterThanOrEqual(Math.floor(11_648 * scale));
      }),
    );
  });

  it("[PA50] the tiles cover what is looked at, once, and nothing that is not", () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    const near = fc.double({ min: -5_000, max: 25_000, noNaN: true });
    fc.assert(
      fc.property(side, side, near, near, side, side, fc.nat(3), (width, height, x, y, w, h, below) => {
        const picture = { width, height };
        const level = Math.max(0, topLevel(picture) - below);
        const tiles = tilesWithin(picture, 512, level, { x, y, w, h });
        const seen = {
          w: Math.max(0, Math.min(width, x + w) - Math.max(0, x)),
          h: Math.max(0, Math.min(height, y + h) - Math.max(0, y)),
        };
        let covered = 0;
        for (const tile of tiles) {
          const across = Math.min(tile.x + tile.w, x + w) - Math.max(tile.x, x);
          const down = Math.min(tile.y + tile.h, y + h) - Math.max(tile.y, y);
          expect(Math.min(across, down)).toBeGreaterThan(-1e-9);
          covered += across * down;
          expect(tile.x + tile.w).toBeLessThanOrEqual(width);
          expect(tile.y + tile.h).toBeLessThanOrEqual(height);
        }
        expect(Math.abs(covered - seen.w * seen.h)).toBeLessThan(1 + seen.w * seen.h * 1e-9);
      }),
      // Beyond the picture's edge, within the square of its last tile.
      { examples: [[1, 1, 1.000000001, 0, 1, 1, 0]] },
    );
  });

  it("[PA50] the middle comes first", () => {
    const [first] = tilesWithin(studio, 512, 14, { x: 3_000, y: 3_000, w: 2_000, h: 2_000 });
    expect([first?.column, first?.row]).toEqual([7, 7]);
  });
});
