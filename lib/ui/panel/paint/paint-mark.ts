/**
 * The one painter of marks, used for the settled bitmap and for live nodes alike. The context is scaled to picture
 * pixels; every mark gets a thin light halo and a dark edge, so that it reads on white, on black and on leather.
 */
import { ARROW_HEAD, upright } from "@/lib/panel/geometry";
import { LABEL, LABEL_FONT, labelFontSize, linesOf } from "@/lib/panel/label";
import type { Mark } from "@/lib/panel/mark";
import { inkOn } from "@/lib/panel/palette";
import { outlineOf } from "@/lib/panel/stroke-outline";
import { assertNever } from "@/lib/protocol/errors";

/** CSS pixels that halo and edge stand out on each side of the ink. */
const EDGE_PX = 1;
const HALO_PX = 2.25;
const EDGE = "rgb(12 13 16 / 70%)";
const HALO = "rgb(255 255 255 / 60%)";
/** Share of a line's width that one pixel of rim may have. */
const RIM_SHARE = 0.22;
const HIGHLIGHTER_ALPHA = 0.42;

/** Paths in picture pixels; a changed mark is a new object, so nothing here goes stale. */
const paths = new WeakMap<Mark, Path2D>();

/** @param pixel picture pixels of one CSS pixel. @param shown a pin's number as shown. */
export function paintMark(
  context: CanvasRenderingContext2D,
  mark: Mark,
  pixel: number,
  shown = mark.number,
): void {
  switch (mark.kind) {
    case "arrow":
      paintArrow(context, mark, pixel);
      return;
    case "ellipse":
    case "rect":
      paintLine(context, mark, pixel);
      return;
    case "pen":
      paintPen(context, mark, pixel);
      return;
    case "highlighter":
      paintHighlighter(context, mark);
      return;
    case "text":
      paintLabel(context, mark, pixel);
      return;
    case "pin":
      paintPin(context, mark, pixel, shown);
      return;
    default:
      assertNever(mark.kind);
  }
}

function pathOf(mark: Mark, build: (path: Path2D) => void): Path2D {
  const known = paths.get(mark);
  if (known) return known;
  const path = new Path2D();
  build(path);
  paths.set(mark, path);
  return path;
}

function layered(
  context: CanvasRenderingContext2D,
  path: Path2D,
  width: number,
  pixel: number,
  color: string,
): void {
  context.lineCap = "round";
  context.lineJoin = "round";
  const rim = rimOf(width, pixel);
  for (const [style, extra] of [
    [HALO, HALO_PX],
    [EDGE, EDGE_PX],
    [color, 0],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width + 2 * extra * rim;
    context.stroke(path);
  }
}

/** Picture pixels of one pixel of rim: finer around hair-thin lines, or they would drown in it. */
function rimOf(width: number, pixel: number): number {
  return Math.min(pixel, Math.max(0.5 * pixel, width * RIM_SHARE));
}

function paintLine(context: CanvasRenderingContext2D, mark: Mark, pixel: number): void {
  const path = pathOf(mark, (shape) => {
    const { x, y, w, h } = upright(mark);
    if (mark.kind === "ellipse") shape.ellipse(x + w / 2, y + h / 2, w / 2, h / 2, 0, 0, Math.PI * 2);
    else shape.roundRect(x, y, w, h, Math.min(mark.width, w / 4, h / 4));
  });
  layered(context, path, mark.width, pixel, mark.color);
}

function paintArrow(context: CanvasRenderingContext2D, mark: Mark, pixel: number): void {
  const length = Math.hypot(mark.w, mark.h);
  const head = Math.min(mark.width * ARROW_HEAD.length, length);
  const half = (head / ARROW_HEAD.length) * ARROW_HEAD.half;
  const angle = Math.atan2(mark.h, mark.w);
  const path = pathOf(mark, (shape) => {
    const tip = { x: mark.x + mark.w, y: mark.y + mark.h };
    const at = (along: number, across: number) =>
      [
        tip.x - along * Math.cos(angle) - across * Math.sin(angle),
        tip.y - along * Math.sin(angle) + across * Math.cos(angle),
      ] as const;
    // One closed outline for shaft and head: halo and edge run around the whole arrow, joints stay sharp.
    const shaft = mark.width / 2;
    shape.moveTo(...at(length, shaft * 0.7));
    shape.lineTo(...at(head * 0.92, shaft));
    shape.lineTo(...at(head, half));
    shape.lineTo(tip.x, tip.y);
    shape.lineTo(...at(head, -half));
    shape.lineTo(...at(head * 0.92, -shaft));
    shape.lineTo(...at(length, -shaft * 0.7));
    shape.closePath();
  });
  fillLayered(context, path, rimOf(mark.width, pixel), mark.color);
}

function fillLayered(context: CanvasRenderingContext2D, path: Path2D, rim: number, color: string): void {
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = HALO;
  context.lineWidth = 2 * HALO_PX * rim;
  context.stroke(path);
  context.strokeStyle = EDGE;
  context.lineWidth = 2 * EDGE_PX * rim;
  context.stroke(path);
  context.fillStyle = color;
  context.fill(path);
}

function strokePath(mark: Mark): Path2D {
  return pathOf(mark, (shape) => {
    const outline = outlineOf(mark);
    const first = outline[0];
    if (!first) return;
    shape.moveTo(first.x, first.y);
    for (let index = 0; index < outline.length; index++) {
      const a = outline[index];
      const b = outline[(index + 1) % outline.length];
      if (a && b) shape.quadraticCurveTo(a.x, a.y, (a.x + b.x) / 2, (a.y + b.y) / 2);
    }
    shape.closePath();
  });
}

function paintPen(context: CanvasRenderingContext2D, mark: Mark, pixel: number): void {
  fillLayered(context, strokePath(mark), rimOf(mark.width, pixel), mark.color);
}

function paintHighlighter(context: CanvasRenderingContext2D, mark: Mark): void {
  context.save();
  context.globalAlpha *= HIGHLIGHTER_ALPHA;
  context.fillStyle = mark.color;
  context.fill(strokePath(mark));
  context.restore();
}

function paintLabel(context: CanvasRenderingContext2D, mark: Mark, pixel: number): void {
  const lines = linesOf(mark.text);
  const size = labelFontSize(mark.h, lines.length);
  const path = pathOf(mark, (shape) => shape.roundRect(mark.x, mark.y, mark.w, mark.h, size * 0.35));
  fillLayered(context, path, pixel, mark.color);
  context.save();
  // Fonts below a pixel or above a few hundred are laid out badly: measure at 32 px, scale to size.
  const unit = size / 32;
  context.translate(mark.x + LABEL.padX * size, mark.y + LABEL.padY * size);
  context.scale(unit, unit);
  context.font = `600 32px ${LABEL_FONT}`;
  context.textBaseline = "middle";
  context.fillStyle = inkOn(mark.color);
  const room = Math.max(1, mark.w / unit - 2 * LABEL.padX * 32);
  lines.forEach((line, index) => {
    context.fillText(line, 0, (index + 0.5) * LABEL.line * 32, room);
  });
  context.restore();
}

function paintPin(context: CanvasRenderingContext2D, mark: Mark, pixel: number, shown: number): void {
  const path = pathOf(mark, (shape) =>
    shape.ellipse(mark.x + mark.w / 2, mark.y + mark.h / 2, mark.w / 2, mark.h / 2, 0, 0, Math.PI * 2),
  );
  fillLayered(context, path, pixel, mark.color);
  context.save();
  const unit = mark.h / 60;
  context.translate(mark.x + mark.w / 2, mark.y + mark.h / 2);
  context.scale(unit, unit);
  context.font = `650 34px ${LABEL_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = inkOn(mark.color);
  context.fillText(String(shown || ""), 0, 2, 50);
  context.restore();
}
