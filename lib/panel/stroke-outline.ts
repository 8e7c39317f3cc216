/** The outline of a pen or highlighter stroke, in picture pixels: perfect-freehand with a taper at both ends of the pen. */
import { getStroke } from "perfect-freehand";
import type { Box, MarkKind, Point } from "./mark";
import { decodePoints, type StrokePoint } from "./pen-points";

/** Highlighters are this many times as wide as a pen of the same setting. */
export const HIGHLIGHTER_FACTOR = 4;

function outlineOfPoints(
  points: readonly StrokePoint[],
  kind: MarkKind,
  width: number,
  complete: boolean,
): Point[] {
  const pen = kind === "pen";
  const first = points[0];
  if (!first) return [];
  // perfect-freehand works in units of about a screen pixel: scale so that a stroke is always 8 units wide.
  const unit = (pen ? width : width * HIGHLIGHTER_FACTOR) / 8;
  const outline = getStroke(
    points.map((point) => [(point.x - first.x) / unit, (point.y - first.y) / unit, point.pressure]),
    {
      size: 8,
      thinning: pen ? 0.45 : 0,
      smoothing: 0.6,
      streamline: 0.3,
      simulatePressure: false,
      start: { cap: true, taper: pen && points.length > 3 ? 14 : 0 },
      end: { cap: true, taper: pen && complete && points.length > 3 ? 20 : 0 },
      last: complete,
    },
  );
  return outline.map(([x = 0, y = 0]) => ({ x: first.x + x * unit, y: first.y + y * unit }));
}

export function outlineOf(
  mark: Box & { readonly kind: MarkKind; readonly width: number; readonly points: Uint8Array | null },
): Point[] {
  return mark.points ? outlineOfPoints(decodePoints(mark.points, mark), mark.kind, mark.width, true) : [];
}
