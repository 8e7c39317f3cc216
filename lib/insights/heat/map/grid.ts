/** A grid over a picture, the same for every shape of picture: cells are numbered row by row from the upper left. Shares of its width and height, 0 to 1. */

/** Cells along each side: a clasp on a bag is about one, and no cell is smaller than what a finger points at. */
export const GRID_SIDE = 24;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The cells from which a shape is put together. What lies outside of the picture is left out. */
export class CellSet {
  private readonly found = new Set<number>();

  addPlace({ x, y }: Place): void {
    const [column, row] = [Math.floor(x * GRID_SIDE), Math.floor(y * GRID_SIDE)];
    if (column >= 0 && row >= 0 && column < GRID_SIDE && row < GRID_SIDE)
      this.found.add(row * GRID_SIDE + column);
  }

  addLine(from: Place, to: Place): void {
    // Two steps a cell miss none but a corner that is cut; what lies far outside costs no more than the picture.
    const steps = Math.min(
      4 * GRID_SIDE,
      Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) * GRID_SIDE * 2),
    );
    for (let step = 0; step <= steps; step++) {
      const along = steps === 0 ? 0 : step / steps;
      this.addPlace({ x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along });
    }
  }

  /** The cells whose middle lies inside. */
  addWhere(inside: (middle: Place) => boolean): void {
    for (let cell = 0; cell < GRID_SIDE * GRID_SIDE; cell++) {
      if (inside(middleOf(cell))) this.found.add(cell);
    }
  }

  cells(): number[] {
    return [...this.found].sort((a, b) => a - b);
  }
}

export function middleOf(cell: number): Place {
  return {
    x: ((cell % GRID_SIDE) + 0.5) / GRID_SIDE,
    y: (Math.floor(cell / GRID_SIDE) + 0.5) / GRID_SIDE,
  };
}

/** Even-odd, as ink on paper encloses. */
export function insideOutline(outline: readonly Place[], { x, y }: Place): boolean {
  let inside = false;
  for (let index = 0; index < outline.length; index++) {
    const [a, b] = [outline[index], outline[(index + 1) % outline.length]];
    if (!a || !b || a.y > y === b.y > y) continue;
    if (x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

/** Its place in the grid, each from 0. */
export const columnOf = (cell: number): number => cell % GRID_SIDE;
export const rowOf = (cell: number): number => Math.floor(cell / GRID_SIDE);
