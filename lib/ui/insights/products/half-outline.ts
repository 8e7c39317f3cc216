import { GRID_SIDE } from "@/lib/insights/heat/map/grid";
import type { HeatCell } from "@/lib/insights/heat/map/spots";

/** A path, in cells, around those that at least half as many conversations marked as the most marked one. */
export function halfOutline(cells: readonly HeatCell[]): string {
  const most = Math.max(0, ...cells.map(({ conversations }) => conversations));
  const hot = new Set(cells.filter(({ conversations }) => 2 * conversations >= most).map(({ cell }) => cell));
  const isHot = (column: number, row: number) =>
    column >= 0 && column < GRID_SIDE && row >= 0 && hot.has(row * GRID_SIDE + column);
  let path = "";
  for (const cell of [...hot].sort((a, b) => a - b)) {
    const [column, row] = [cell % GRID_SIDE, Math.floor(cell / GRID_SIDE)];
    if (!isHot(column, row - 1)) path += `M${column} ${row}h1`;
    if (!isHot(column, row + 1)) path += `M${column} ${row + 1}h1`;
    if (!isHot(column - 1, row)) path += `M${column} ${row}v1`;
    if (!isHot(column + 1, row)) path += `M${column + 1} ${row}v1`;
  }
  return path;
}
