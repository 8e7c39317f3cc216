import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ZOOM, MIN_ZOOM } from "@/lib/protocol/limits";
import {
  between,
  type Camera,
  clampCamera,
  fitCamera,
  fitScale,
  glide,
  pinch,
  toPicture,
  toScreen,
  type Viewport,
  visibleBox,
  zoomAt,
} from "./view";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const picture = fc.record({ width: number(50, 9_000), height: number(50, 9_000) });
const viewport: fc.Arbitrary<Viewport> = fc.record({
  width: number(280, 2_600),
  height: number(280, 1_600),
  inset: fc.constant({ top: 12, right: 12, bottom: 76, left: 12 }),
});
const camera: fc.Arbitrary<Camera> = fc.record({
  cx: number(-2_000, 11_000),
  cy: number(-2_000, 11_000),
  zoom: number(MIN_ZOOM, MAX_ZOOM),
});

describe("the camera", () => {
  it("[PA7] picture to screen and back is the same point", () => {
    fc.assert(
      fc.property(picture, viewport, camera, number(0, 9_000), number(0, 9_000), (size, view, cam, x, y) => {
        const back = toPicture(toScreen({ x, y }, cam, size, view), cam, size, view);
        expect(back.x).toBeCloseTo(x, 4);
        expect(back.y).toBeCloseTo(y, 4);
      }),
    );
  });

  it("[PA7] zooming in at a point keeps that point of the picture in place", () => {
    const size = { width: 4_000, height: 3_000 };
    const view: Viewport = { width: 1_000, height: 800, inset: { top: 0, right: 0, bottom: 0, left: 0 } };
    fc.assert(
      fc.property(number(1, 4), number(450, 550), number(380, 420), (factor, x, y) => {
        const from: Camera = { cx: 2_000, cy: 1_500, zoom: 2 };
        const before = toPicture({ x, y }, from, size, view);
        const after = toPicture({ x, y }, zoomAt(from, { x, y }, factor, size, view), size, view);
        expect(after.x).toBeCloseTo(before.x, 3);
        expect(after.y).toBeCloseTo(before.y, 3);
      }),
    );
  });

  it("[PA8] whatever is asked, zoom stays in bounds and the picture in sight", () => {
    fc.assert(
      fc.property(picture, viewport, camera, number(0.001, 900), (size, view, cam, factor) => {
        const next = zoomAt(cam, { x: 10, y: 10 }, factor, size, view);
        expect(next.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
        expect(next.zoom).toBeLessThanOrEqual(MAX_ZOOM);
        const seen = visibleBox(next, size, view);
        expect(seen.x).toBeLessThan(size.width);
        expect(seen.y).toBeLessThan(size.height);
        expect(seen.x + seen.w).toBeGreaterThan(0);
        expect(seen.y + seen.h).toBeGreaterThan(0);
        expect(clampCamera(next, size, view)).toEqual(next);
      }),
    );
  });

  it("[PA8] at zoom 1 the whole picture lies in the free area", () => {
    fc.assert(
      fc.property(picture, viewport, (size, view) => {
        const cam = fitCamera(size);
        const corner = toScreen({ x: 0, y: 0 }, cam, size, view);
        const scale = fitScale(size, view);
        expect(corner.x).toBeGreaterThanOrEqual(view.inset.left - 1e-6);
        expect(corner.y + size.height * scale).toBeLessThanOrEqual(view.height - view.inset.bottom + 1e-6);
      }),
    );
  });

  it("[PA9] two fingers that do not move move nothing; that spread, keep the picture under both", () => {
    const size = { width: 4_000, height: 4_000 };
    const view: Viewport = { width: 1_000, height: 1_000, inset: { top: 0, right: 0, bottom: 0, left: 0 } };
    const start = { camera: { cx: 2_000, cy: 2_000, zoom: 3 }, a: { x: 400, y: 500 }, b: { x: 600, y: 500 } };
    expect(pinch(start, start.a, start.b, size, view)).toEqual(start.camera);
    const under = toPicture(start.a, start.camera, size, view);
    const spread = pinch(start, { x: 350, y: 520 }, { x: 650, y: 520 }, size, view);
    expect(spread.zoom).toBeCloseTo(4.5);
    const now = toPicture({ x: 350, y: 520 }, spread, size, view);
    expect(now.x).toBeCloseTo(under.x, 3);
    expect(now.y).toBeCloseTo(under.y, 3);
  });

  it("[PA8] a throw comes to rest, and a glide arrives exactly", () => {
    let velocity = { x: 2, y: -1 };
    let frames = 0;
    for (let next = glide(velocity, 16); next; next = glide(velocity, 16)) {
      velocity = next.velocity;
      frames++;
    }
    expect(frames).toBeGreaterThan(5);
    expect(frames).toBeLessThan(200);
    const to = { cx: 5, cy: 6, zoom: 7 };
    expect(between({ cx: 0, cy: 0, zoom: 1 }, to, 1)).toEqual(to);
  });
});
