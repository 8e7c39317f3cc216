/**
 * How a stroke's points are stored: little-endian Uint16 triplets x, y, pressure, each a fraction (0..65535) of the
 * mark's box. Moving or resizing a stroke changes its box only, never its points.
 */
import { MAX_STROKE_POINTS } from "./limits";
import type { Box } from "./mark";

export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** 0..1 */
  readonly pressure: number;
}

const BYTES_PER_POINT = 6;
const FULL = 65_535;

/** A box without width or height still holds its points: it is treated as one picture pixel wide. */
const side = (length: number) => Math.max(length, 1e-6);
const quantise = (fraction: number) => Math.round(Math.min(1, Math.max(0, fraction)) * FULL);

export function areStrokePoints(value: unknown): value is Uint8Array {
  return (
    value instanceof Uint8Array &&
    value.length >= BYTES_PER_POINT &&
    value.length % BYTES_PER_POINT === 0 &&
    value.length <= BYTES_PER_POINT * MAX_STROKE_POINTS
  );
}

export function boxOfPoints(points: readonly StrokePoint[]): Box {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return points.length === 0
    ? { x: 0, y: 0, w: 0, h: 0 }
    : { x: left, y: top, w: right - left, h: bottom - top };
}

/** Points outside the box land on its edge. */
export function encodePoints(points: readonly StrokePoint[], box: Box): Uint8Array {
  const kept = points.slice(0, MAX_STROKE_POINTS);
  const bytes = new Uint8Array(kept.length * BYTES_PER_POINT);
  const view = new DataView(bytes.buffer);
  kept.forEach((point, index) => {
    const at = index * BYTES_PER_POINT;
    view.setUint16(at, quantise((point.x - box.x) / side(box.w)), true);
    view.setUint16(at + 2, quantise((point.y - box.y) / side(box.h)), true);
    view.setUint16(at + 4, quantise(point.pressure), true);
  });
  return bytes;
}

export function decodePoints(bytes: Uint8Array, box: Box): StrokePoint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points: StrokePoint[] = [];
  for (let at = 0; at + BYTES_PER_POINT <= bytes.length; at += BYTES_PER_POINT) {
    points.push({
      x: box.x + (view.getUint16(at, true) / FULL) * box.w,
      y: box.y + (view.getUint16(at + 2, true) / FULL) * box.h,
      pressure: view.getUint16(at + 4, true) / FULL,
    });
  }
  return points;
}

/** Drops points that lie within `tolerance` of the line between their kept neighbours (Douglas-Peucker, iterative). */
export function thinPoints(points: readonly StrokePoint[], tolerance: number): StrokePoint[] {
  if (points.length <= 2) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let farthest = -1;
    let distance = tolerance;
    for (let index = from + 1; index < to; index++) {
      const away = distanceToSegment(points[index], points[from], points[to]);
      if (away > distance) {
        distance = away;
        farthest = index;
      }
    }
    if (farthest > 0) {
      keep[farthest] = 1;
      spans.push([from, farthest], [farthest, to]);
    }
  }
  return points.filter((_, index) => keep[index] === 1);
}

/** At most `count` points, evenly picked, first and last kept. */
export function samplePoints(points: readonly StrokePoint[], count: number): StrokePoint[] {
  if (points.length <= count) return [...points];
  const step = (points.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => points[Math.round(index * step)]).filter(
    (point) => point !== undefined,
  );
}

type Place = { readonly x: number; readonly y: number } | undefined;

export function distanceToSegment(point: Place, from: Place, to: Place): number {
  if (!point || !from || !to) return Number.POSITIVE_INFINITY;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
