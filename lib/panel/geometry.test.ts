import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markIdSchema } from "@/lib/protocol/ids";
import { hits, markAt, upright } from "./geometry";
import { handlesOf, resize } from "./handles";
import {
  boxOfPoints,
  decodePoints,
  encodePoints,
  type StrokePoint,
  samplePoints,
  thinPoints,
} from "./pen-points";
import { sampleMark } from "./samples";
import { outlineOf } from "./stroke-outline";

const coordinate = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const point: fc.Arbitrary<StrokePoint> = fc.record({
  x: coordinate,
  y: coordinate,
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
});
const stroke = fc.array(point, { minLength: 1, maxLength: 60 });

describe("strokes", () => {
  it("[PA6] points survive coding to within one step of the box", () => {
    fc.assert(
      fc.property(stroke, (points) => {
        const box = boxOfPoints(points);
        const back = decodePoints(encodePoints(points, box), box);
        expect(back).toHaveLength(points.length);
        points.forEach((each, index) => {
          expect(Math.abs((back[index]?.x ?? Number.NaN) - each.x)).toBeLessThanOrEqual(
            box.w / 65_535 + 1e-5,
          );
          expect(Math.abs((back[index]?.y ?? Number.NaN) - each.y)).toBeLessThanOrEqual(
            box.h / 65_535 + 1e-5,
          );
        });
      }),
    );
  });

  it("[PA6] a moved and stretched box moves and stretches the stroke", () => {
    const points = [
      { x: 0, y: 0, pressure: 0.5 },
      { x: 10, y: 20, pressure: 0.5 },
    ];
    const bytes = encodePoints(points, boxOfPoints(points));
    expect(decodePoints(bytes, { x: 100, y: 100, w: 20, h: 40 }).at(-1)).toMatchObject({ x: 120, y: 140 });
  });

  it("[PA6] thinning keeps both ends and never moves the line further than told", () => {
    fc.assert(
      fc.property(stroke, fc.double({ min: 0.01, max: 50, noNaN: true }), (points, tolerance) => {
        const thinned = thinPoints(points, tolerance);
        expect(thinned[0]).toEqual(points[0]);
        expect(thinned.at(-1)).toEqual(points.at(-1));
        expect(thinned.length).toBeLessThanOrEqual(points.length);
      }),
    );
    expect(
      samplePoints(
        Array.from({ length: 900 }, (_, x) => ({ x, y: 0, pressure: 0.5 })),
        100,
      ),
    ).toHaveLength(100);
  });

  it("[PA6] one point is a dot, and outlines hold only finite numbers", () => {
    fc.assert(
      fc.property(stroke, (points) => {
        const box = boxOfPoints(points);
        const mark = sampleMark({ kind: "pen", ...box, points: encodePoints(points, box) });
        for (const { x, y } of outlineOf(mark)) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      }),
    );
  });
});

describe("hits", () => {
  it("[PA14] a rectangle and an ellipse are hit on their line, not in their middle", () => {
    for (const kind of ["rect", "ellipse"] as const) {
      const mark = sampleMark({ kind, x: 0, y: 0, w: 200, h: 100 });
      expect(hits(mark, { x: 100, y: 50 }, 4)).toBe(false);
      expect(hits(mark, { x: 100, y: 0 }, 4)).toBe(true);
      expect(hits(mark, { x: 200, y: 50 }, 4)).toBe(true);
      expect(hits(mark, { x: 260, y: 50 }, 4)).toBe(false);
    }
  });

  it("[PA14] arrows in any direction, strokes and labels are hit where they are seen", () => {
    const arrow = sampleMark({ kind: "arrow", x: 100, y: 100, w: -80, h: -60 });
    expect(hits(arrow, { x: 60, y: 70 }, 3)).toBe(true);
    expect(hits(arrow, { x: 30, y: 100 }, 3)).toBe(false);
    const points = [
      { x: 0, y: 0, pressure: 0.5 },
      { x: 100, y: 0, pressure: 0.5 },
    ];
    const box = boxOfPoints(points);
    expect(
      hits(sampleMark({ kind: "pen", ...box, points: encodePoints(points, box) }), { x: 50, y: 2 }, 3),
    ).toBe(true);
    expect(hits(sampleMark({ kind: "text", text: "zip" }), { x: 250, y: 200 }, 0)).toBe(true);
  });

  it("[PA14] of several marks the topmost is hit", () => {
    const below = sampleMark({ id: markIdSchema.parse("mark-below") });
    const above = sampleMark({ id: markIdSchema.parse("mark-above") });
    expect(markAt([below, above], { x: 100, y: 150 }, 4)?.id).toBe("mark-above");
    expect(markAt([below, above], { x: 900, y: 900 }, 4)).toBeNull();
  });
});

describe("handles", () => {
  it("[PA15] pulling a corner keeps the opposite one", () => {
    fc.assert(
      fc.property(coordinate, coordinate, fc.constantFrom("nw", "ne", "se", "sw" as const), (x, y, name) => {
        const mark = sampleMark({ x: 0, y: 0, w: 100, h: 80 });
        const opposite = { nw: "se", ne: "sw", se: "nw", sw: "ne" }[name];
        const before = handlesOf(mark).find((handle) => handle.name === opposite);
        const after = handlesOf({ ...mark, ...resize(mark, name, { x, y }, 4) }).find(
          (handle) => handle.name === opposite,
        );
        expect(after?.x).toBeCloseTo(before?.x ?? Number.NaN);
        expect(after?.y).toBeCloseTo(before?.y ?? Number.NaN);
      }),
    );
  });

  it("[PA15] labels keep their proportions, arrows their other end, pins have no handles", () => {
    const label = sampleMark({ kind: "text", text: "zip", w: 300, h: 100 });
    const bigger = resize(label, "se", { x: 700, y: 150 }, 4);
    expect(bigger.w / bigger.h).toBeCloseTo(3);
    const arrow = sampleMark({ kind: "arrow", x: 0, y: 0, w: 50, h: -50 });
    expect(resize(arrow, "start", { x: 10, y: 10 }, 4)).toEqual({ x: 10, y: 10, w: 40, h: -60 });
    expect(upright(arrow)).toEqual({ x: 0, y: -50, w: 50, h: 50 });
    expect(handlesOf(sampleMark({ kind: "pin" }))).toEqual([]);
  });
});
