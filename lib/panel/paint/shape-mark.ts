/** The outlines of marks. Pure: a path goes in, lines are added to it. */
import { ARROW_HEAD, upright } from "@/lib/panel/geometry";
import { labelFontSize, linesOf } from "@/lib/panel/label";
import type { Mark } from "@/lib/panel/mark";
import { outlineOf } from "@/lib/panel/stroke-outline";
import { assertNever } from "@/lib/protocol/errors";
import type { PaintPath } from "./surface";

/** Puts the outline of a mark, in picture pixels, into an empty path. */
export function shapeMark(path: PaintPath, mark: Mark): void {
  switch (mark.kind) {
    case "arrow":
      shapeArrow(path, mark);
      return;
    case "ellipse":
    case "pin": {
      const { x, y, w, h } = upright(mark);
      path.ellipse(x + w / 2, y + h / 2, w / 2, h / 2, 0, 0, Math.PI * 2);
      return;
    }
    case "rect": {
      const { x, y, w, h } = upright(mark);
      path.roundRect(x, y, w, h, Math.min(mark.width, w / 4, h / 4));
      return;
    }
    case "pen":
    case "highlighter":
      shapeStroke(path, mark);
      return;
    case "text": {
      const size = labelFontSize(mark.h, linesOf(mark.text).length);
      path.roundRect(mark.x, mark.y, mark.w, mark.h, size * 0.35);
      return;
    }
    default:
      assertNever(mark.kind);
  }
}

function shapeArrow(path: PaintPath, mark: Mark): void {
  const length = Math.hypot(mark.w, mark.h);
  const head = Math.min(mark.width * ARROW_HEAD.length, length);
  const half = (head / ARROW_HEAD.length) * ARROW_HEAD.half;
  const angle = Math.atan2(mark.h, mark.w);
  const tip = { x: mark.x + mark.w, y: mark.y + mark.h };
  const at = (along: number, across: number) =>
    [
      tip.x - along * Math.cos(angle) - across * Math.sin(angle),
      tip.y - along * Math.sin(angle) + across * Math.cos(angle),
    ] as const;
  // One closed outline for shaft and head: halo and edge run around the whole arrow, joints stay sharp.
  const shaft = mark.width / 2;
  path.moveTo(...at(length, shaft * 0.7));
  path.lineTo(...at(head * 0.92, shaft));
  path.lineTo(...at(head, half));
  path.lineTo(tip.x, tip.y);
  path.lineTo(...at(head, -half));
  path.lineTo(...at(head * 0.92, -shaft));
  path.lineTo(...at(length, -shaft * 0.7));
  path.closePath();
}

function shapeStroke(path: PaintPath, mark: Mark): void {
  const outline = outlineOf(mark);
  const first = outline[0];
  if (!first) return;
  path.moveTo(first.x, first.y);
  for (let index = 0; index < outline.length; index++) {
    const a = outline[index];
    const b = outline[(index + 1) % outline.length];
    if (a && b) path.quadraticCurveTo(a.x, a.y, (a.x + b.x) / 2, (a.y + b.y) / 2);
  }
  path.closePath();
}
