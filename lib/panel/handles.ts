/** The points by which a selected mark is resized, and what pulling one does. Pure, in picture pixels. */
import { upright } from "./geometry";
import type { Box, MarkKind, Point } from "./mark";

const handleNames = ["start", "end", "nw", "ne", "se", "sw"] as const;
export type HandleName = (typeof handleNames)[number];

export interface Handle extends Point {
  readonly name: HandleName;
}

type Boxed = Box & { readonly kind: MarkKind };

export function handlesOf(mark: Boxed): Handle[] {
  if (mark.kind === "pin") return [];
  if (mark.kind === "arrow") {
    return [
      { name: "start", x: mark.x, y: mark.y },
      { name: "end", x: mark.x + mark.w, y: mark.y + mark.h },
    ];
  }
  const { x, y, w, h } = upright(mark);
  return [
    { name: "nw", x, y },
    { name: "ne", x: x + w, y },
    { name: "se", x: x + w, y: y + h },
    { name: "sw", x, y: y + h },
  ];
}

export function handleAt(mark: Boxed, point: Point, tolerance: number): HandleName | null {
  let nearest: HandleName | null = null;
  let distance = tolerance;
  for (const handle of handlesOf(mark)) {
    const away = Math.hypot(handle.x - point.x, handle.y - point.y);
    if (away <= distance) {
      distance = away;
      nearest = handle.name;
    }
  }
  return nearest;
}

/** The box after a handle was pulled to `to`. Text keeps its proportions; nothing gets smaller than `least`. */
export function resize(mark: Boxed, handle: HandleName, to: Point, least: number): Box {
  if (handle === "start") return { x: to.x, y: to.y, w: mark.x + mark.w - to.x, h: mark.y + mark.h - to.y };
  if (handle === "end") return { x: mark.x, y: mark.y, w: to.x - mark.x, h: to.y - mark.y };
  const box = upright(mark);
  const west = handle === "nw" || handle === "sw";
  const north = handle === "nw" || handle === "ne";
  const fixed = { x: west ? box.x + box.w : box.x, y: north ? box.y + box.h : box.y };
  let w = Math.max(least, west ? fixed.x - to.x : to.x - fixed.x);
  let h = Math.max(least, north ? fixed.y - to.y : to.y - fixed.y);
  if (mark.kind === "text" && box.w > 0 && box.h > 0) {
    const factor = Math.max(w / box.w, h / box.h);
    w = box.w * factor;
    h = box.h * factor;
  }
  return { x: west ? fixed.x - w : fixed.x, y: north ? fixed.y - h : fixed.y, w, h };
}
