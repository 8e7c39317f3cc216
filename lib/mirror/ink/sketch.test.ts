import { describe, expect, it } from "vitest";
import { markPath } from "./mark-path";
import { type Ground, openSketch, type Spot } from "./sketch";

/** A page of columns, 100 pixels wide each, that can be scrolled; right of x = 900 there is nothing. */
function columns(): Ground & { scrollTo(y: number): void } {
  let scrolled = 0;
  return {
    scrollTo(y) {
      scrolled = y;
    },
    standAt({ x, y }: Spot) {
      if (x >= 900) return null;
      const node = Math.floor(x / 100) + 1;
      return { epoch: 1, node, fx: (x % 100) / 100, fy: (y + scrolled) / 1_000, width: 100 };
    },
    spotOf: ({ node, fx, fy }) => ({ x: (node - 1 + fx) * 100, y: fy * 1_000 - scrolled }),
  };
}

describe("a mark as it is drawn", () => {
  it("[MI171] counts from its place, wherever the page is scrolled meanwhile", () => {
    const ground = columns();
    const sketch = openSketch("a", "pen", { x: 150, y: 200 }, ground);
    sketch?.add({ x: 170, y: 200 });
    ground.scrollTo(50);
    sketch?.add({ x: 190, y: 150 });
    expect(sketch?.mark(true)).toMatchObject({
      ...{ node: 2, fx: 0.5, fy: 0.2, width: 100 },
      points: [
        [0, 0],
        [20, 0],
        [40, 0],
      ],
    });
  });

  it("[MI171] stands where it began when there is nothing at what it is about", () => {
    const sketch = openSketch("a", "arrow", { x: 850, y: 100 }, columns());
    sketch?.add({ x: 950, y: 100 });
    expect(sketch?.mark(true)).toMatchObject({
      node: 9,
      points: [
        [0, 0],
        [100, 0],
      ],
    });
    expect(openSketch("b", "arrow", { x: 950, y: 100 }, columns())).toBeNull();
  });

  it("[MI129] gets coarser, not longer than may be told; a slip of the hand is no mark", () => {
    const sketch = openSketch("a", "pen", { x: 0, y: 0 }, columns());
    sketch?.add({ x: 2, y: 2 });
    expect(sketch?.mark(true)).toBeNull();
    for (let x = 0; x < 800; x++) sketch?.add({ x, y: x % 2 === 0 ? 0 : 40 });
    const points = sketch?.mark(true)?.points ?? [];
    expect(points.length).toBeGreaterThan(70);
    expect(points.length).toBeLessThanOrEqual(160);
    expect(points[0]).toEqual([0, 0]);
  });

  it("[MI171] is a path around its place", () => {
    const path = (kind: "arrow" | "ellipse" | "pen", ...points: [number, number][]) =>
      markPath({ kind, points });
    expect(path("arrow", [-100, 0], [0, 0])).toBe("M-100,0L0,0M-18,10L0,0L-18,-10");
    expect(path("ellipse", [-50, -20], [50, 20])).toBe("M-50,0A50,20 0 1 0 50,0A50,20 0 1 0 -50,0Z");
    expect(path("pen", [0, 0], [10, 0], [10, 10])).toBe("M0,0Q10,0 10,5L10,10");
  });
});
