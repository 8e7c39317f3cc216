/**
 * The one painter of marks: for the settled bitmap, for live nodes and for what the server exports. The surface is scaled
 * to picture pixels; every mark gets a thin light halo and a dark edge, so that it reads on white, on black and on leather.
 */
import { LABEL, LABEL_FONT, labelFontSize, linesOf } from "@/lib/panel/label";
import type { Mark } from "@/lib/panel/mark";
import { inkOn } from "@/lib/panel/palette";
import { assertNever } from "@/lib/protocol/errors";
import { shapeMark } from "./shape-mark";
import type { PaintPath, PaintSurface } from "./surface";

/** CSS pixels that halo and edge stand out on each side of the ink. */
const EDGE_PX = 1;
const HALO_PX = 2.25;
const EDGE = "rgb(12 13 16 / 70%)";
const HALO = "rgb(255 255 255 / 60%)";
/** Share of a line's width that one pixel of rim may have. */
const RIM_SHARE = 0.22;
const HIGHLIGHTER_ALPHA = 0.42;

/** @param pixel picture pixels of one CSS pixel. @param shown a pin's number as shown. */
export type PaintMark<Path extends PaintPath> = (
  context: PaintSurface<Path>,
  mark: Mark,
  pixel: number,
  shown?: number,
) => void;

/**
 * @param newPath makes a path that the surfaces painted on understand.
 * @param fonts of labels and pins, as in CSS: a server knows the same font by other names.
 */
export function createMarkPainter<Path extends PaintPath>(
  newPath: () => Path,
  fonts: string = LABEL_FONT,
): PaintMark<Path> {
  /** Paths in picture pixels; a changed mark is a new object, so nothing here goes stale. */
  const paths = new WeakMap<Mark, Path>();

  function pathOf(mark: Mark): Path {
    const known = paths.get(mark);
    if (known) return known;
    const path = newPath();
    shapeMark(path, mark);
    paths.set(mark, path);
    return path;
  }

  return (context, mark, pixel, shown = mark.number) => {
    const path = pathOf(mark);
    switch (mark.kind) {
      case "ellipse":
      case "rect":
        paintLine(context, path, mark, pixel);
        return;
      case "arrow":
      case "pen":
        fillLayered(context, path, rimOf(mark.width, pixel), mark.color);
        return;
      case "highlighter":
        paintHighlighter(context, path, mark);
        return;
      case "text":
        fillLayered(context, path, pixel, mark.color);
        writeLabel(context, mark, fonts);
        return;
      case "pin":
        fillLayered(context, path, pixel, mark.color);
        writeNumber(context, mark, shown, fonts);
        return;
      default:
        assertNever(mark.kind);
    }
  };
}

/** Picture pixels of one pixel of rim: finer around hair-thin lines, or they would drown in it. */
function rimOf(width: number, pixel: number): number {
  return Math.min(pixel, Math.max(0.5 * pixel, width * RIM_SHARE));
}

function paintLine<Path extends PaintPath>(
  context: PaintSurface<Path>,
  path: Path,
  mark: Mark,
  pixel: number,
): void {
  context.lineCap = "round";
  context.lineJoin = "round";
  const rim = rimOf(mark.width, pixel);
  for (const [style, extra] of [
    [HALO, HALO_PX],
    [EDGE, EDGE_PX],
    [mark.color, 0],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = mark.width + 2 * extra * rim;
    context.stroke(path);
  }
}

function fillLayered<Path extends PaintPath>(
  context: PaintSurface<Path>,
  path: Path,
  rim: number,
  color: string,
): void {
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

function paintHighlighter<Path extends PaintPath>(context: PaintSurface<Path>, path: Path, mark: Mark): void {
  context.save();
  context.globalAlpha *= HIGHLIGHTER_ALPHA;
  context.fillStyle = mark.color;
  context.fill(path);
  context.restore();
}

function writeLabel<Path extends PaintPath>(context: PaintSurface<Path>, mark: Mark, fonts: string): void {
  const lines = linesOf(mark.text);
  const size = labelFontSize(mark.h, lines.length);
  context.save();
  // Fonts below a pixel or above a few hundred are laid out badly: measure at 32 px, scale to size.
  const unit = size / 32;
  context.translate(mark.x + LABEL.padX * size, mark.y + LABEL.padY * size);
  context.scale(unit, unit);
  context.font = `600 32px ${fonts}`;
  context.textBaseline = "middle";
  context.fillStyle = inkOn(mark.color);
  const room = Math.max(1, mark.w / unit - 2 * LABEL.padX * 32);
  lines.forEach((line, index) => {
    context.fillText(line, 0, (index + 0.5) * LABEL.line * 32, room);
  });
  context.restore();
}

function writeNumber<Path extends PaintPath>(
  context: PaintSurface<Path>,
  mark: Mark,
  shown: number,
  fonts: string,
): void {
  context.save();
  const unit = mark.h / 60;
  context.translate(mark.x + mark.w / 2, mark.y + mark.h / 2);
  context.scale(unit, unit);
  context.font = `650 34px ${fonts}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = inkOn(mark.color);
  context.fillText(String(shown || ""), 0, 2, 50);
  context.restore();
}
