import { centreOf, upright } from "@/lib/panel/geometry";
import type { Mark } from "@/lib/panel/mark";
import { decodePoints, samplePoints } from "@/lib/panel/pen-points";
import type { Size } from "@/lib/panel/view";
import { assertNever } from "@/lib/protocol/errors";
import { CellSet, insideOutline, type Place } from "./map/grid";

/** A stroke whose ends are nearer to each other than this share of its box's diagonal was drawn around something. */
const CLOSED_WITHIN = 0.3;
/** Points of a stroke that are looked at: more say nothing new on a grid this coarse. */
const STROKE_POINTS = 200;

/**
 * What a mark means on its picture, as cells: an arrow its point, a pin and a label their middle, an outline and a stroke
 * that closes what they enclose, any other stroke where it runs.
 */
export function cellsOfMark(mark: Mark, picture: Size): number[] {
  const cells = new CellSet();
  const share = ({ x, y }: Place): Place => ({ x: x / picture.width, y: y / picture.height });
  const box = upright(mark);
  const middle = share(centreOf(box));
  const half = { x: box.w / 2 / picture.width, y: box.h / 2 / picture.height };
  switch (mark.kind) {
    case "arrow":
      cells.addPlace(share({ x: mark.x + mark.w, y: mark.y + mark.h }));
      break;
    case "pin":
    case "text":
      cells.addPlace(middle);
      break;
    case "rect":
      cells.addPlace(middle);
      cells.addWhere(({ x, y }) => Math.abs(x - middle.x) <= half.x && Math.abs(y - middle.y) <= half.y);
      break;
    case "ellipse":
      cells.addPlace(middle);
      cells.addWhere(({ x, y }) => ((x - middle.x) / half.x) ** 2 + ((y - middle.y) / half.y) ** 2 <= 1);
      break;
    case "pen":
    case "highlighter":
      if (mark.points)
        addStroke(cells, samplePoints(decodePoints(mark.points, mark), STROKE_POINTS).map(share));
      break;
    default:
      assertNever(mark.kind);
  }
  return cells.cells();
}

function addStroke(cells: CellSet, points: readonly Place[]): void {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return;
  cells.addPlace(first);
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) cells.addLine(before, point);
  });
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const diagonal = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  if (Math.hypot(last.x - first.x, last.y - first.y) < CLOSED_WITHIN * diagonal)
    cells.addWhere((middle) => insideOutline(points, middle));
}
