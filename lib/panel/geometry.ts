/** Bounds, hits and resizing of marks. Pure, in picture pixels. */
import { assertNever } from "@/lib/protocol/errors";
import type { Box, Mark, Point } from "./mark";
import { decodePoints, distanceToSegment } from "./pen-points";
import { HIGHLIGHTER_FACTOR } from "./stroke-outline";

/** The box with w, h >= 0. */
export function upright(box: Box): Box {
  return {
    x: Math.min(box.x, box.x + box.w),
    y: Math.min(box.y, box.y + box.h),
    w: Math.abs(box.w),
    h: Math.abs(box.h),
  };
}

export function boxBetween(a: Point, b: Point): Box {
  return upright({ x: a.x, y: a.y, w: b.x - a.x, h: b.y - a.y });
}

export function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x <= box.x + box.w && point.y >= box.y && point.y <= box.y + box.h;
}

export function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** Length of an arrow's head in widths of its shaft, and half its breadth. */
export const ARROW_HEAD = { length: 4.5, half: 2.4 } as const;

type Shaped = Pick<Mark, "kind" | "x" | "y" | "w" | "h" | "width">;

/** Everything the mark paints on, halo included. */
export function paintedBox(mark: Shaped): Box {
  const reach = mark.kind === "highlighter" ? (mark.width * HIGHLIGHTER_FACTOR) / 2 : mark.width;
  const head = mark.kind === "arrow" ? mark.width * ARROW_HEAD.half : 0;
  return grow(upright(mark), Math.max(reach, head) + mark.width);
}

/** @param tolerance picture pixels around the ink that still count. */
export function hits(mark: Mark, point: Point, tolerance: number): boolean {
  const box = upright(mark);
  if (!contains(grow(box, tolerance + mark.width * HIGHLIGHTER_FACTOR), point)) return false;
  const reach = tolerance + mark.width / 2;
  switch (mark.kind) {
    case "arrow":
      return distanceToSegment(point, mark, { x: mark.x + mark.w, y: mark.y + mark.h }) <= reach + mark.width;
    case "rect":
      return contains(grow(box, reach), point) && !contains(grow(box, -reach), point);
    case "ellipse":
      return nearEllipse(box, point, reach);
    case "pen":
    case "highlighter":
      return nearStroke(mark, point, mark.kind === "pen" ? reach : reach + mark.width);
    case "text":
    case "pin":
      return contains(grow(box, tolerance), point);
    default:
      return assertNever(mark.kind);
  }
}

function nearEllipse(box: Box, point: Point, reach: number): boolean {
  const centre = centreOf(box);
  const inside = (by: number): boolean => {
    const rx = box.w / 2 + by;
    const ry = box.h / 2 + by;
    return rx > 0 && ry > 0 && ((point.x - centre.x) / rx) ** 2 + ((point.y - centre.y) / ry) ** 2 <= 1;
  };
  return inside(reach) && !inside(-reach);
}

function nearStroke(mark: Mark, point: Point, reach: number): boolean {
  const points = mark.points ? decodePoints(mark.points, mark) : [];
  if (points.length === 1) return distanceToSegment(point, points[0], points[0]) <= reach;
  return points.some(
    (from, index) => index > 0 && distanceToSegment(point, points[index - 1], from) <= reach,
  );
}

/** The topmost mark under a point. @param marks in painting order. */
export function markAt(marks: readonly Mark[], point: Point, tolerance: number): Mark | null {
  for (let index = marks.length - 1; index >= 0; index--) {
    const mark = marks[index];
    if (mark && hits(mark, point, tolerance)) return mark;
  }
  return null;
}
