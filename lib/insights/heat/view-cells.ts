import type { Camera, Size } from "@/lib/panel/view";
import { CellSet } from "./map/grid";

/**
 * What a view shows for certain: at zoom z a screen of any shape shows at least this share, 1/z, of the picture's width
 * and height around its centre. Wider screens show more along one side; who looked at that nobody can say.
 */
export function cellsOfView({ cx, cy, zoom }: Camera, picture: Size): number[] {
  const cells = new CellSet();
  const middle = { x: cx / picture.width, y: cy / picture.height };
  const half = 0.5 / zoom;
  cells.addPlace(middle);
  cells.addWhere(({ x, y }) => Math.abs(x - middle.x) <= half && Math.abs(y - middle.y) <= half);
  return cells.cells();
}
