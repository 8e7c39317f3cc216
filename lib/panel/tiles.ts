/**
 * Which tiles of a large picture a view needs, as pure functions. Levels are those of libvips' deep-zoom layout: the top
 * level is the picture itself, each one below halves it, rounded up.
 */
import type { Box } from "./mark";
import type { Size } from "./view";

export interface Tile extends Box {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** The level that is the whole picture. */
export const topLevel = ({ width, height }: Size): number => Math.ceil(Math.log2(Math.max(width, height)));

/**
 * The smallest level that is sharp; the top level at most.
 * @param scale device pixels a picture pixel is shown with
 */
export function levelFor(picture: Size, scale: number): number {
  const top = topLevel(picture);
  // One level below for each full halving that nobody would see.
  const halvings = Math.floor(Math.log2(1 / Math.max(scale, 2 ** -top)));
  return Math.min(top, Math.max(0, top - Math.max(0, halvings)));
}

/** Longest side of a level, pixels. */
export function longestOf(picture: Size, level: number): number {
  return Math.ceil(Math.max(picture.width, picture.height) / 2 ** (topLevel(picture) - level));
}

/**
 * The tiles of a level that lie within a box of the picture, the nearest to its middle first.
 * @param tileSize pixels of a tile's side at its own level
 * @returns boxes in picture pixels
 */
export function tilesWithin(picture: Size, tileSize: number, level: number, box: Box): Tile[] {
  const side = tileSize * 2 ** (topLevel(picture) - level);
  const columns = Math.ceil(picture.width / side);
  const rows = Math.ceil(picture.height / side);
  // The last tile ends with the picture, so a box that begins beyond the picture may still begin within that tile's square.
  if (box.x > picture.width || box.y > picture.height) return [];
  const from = (start: number) => Math.max(0, Math.floor(start / side));
  const to = (end: number, count: number) => Math.min(count, Math.ceil(end / side));
  const tiles: Tile[] = [];
  for (let row = from(box.y); row < to(box.y + box.h, rows); row++) {
    for (let column = from(box.x); column < to(box.x + box.w, columns); column++) {
      const x = column * side;
      const y = row * side;
      const w = Math.min(side, picture.width - x);
      tiles.push({ level, column, row, x, y, w, h: Math.min(side, picture.height - y) });
    }
  }
  const far = ({ x, y, w, h }: Box) =>
    Math.hypot(x + w / 2 - box.x - box.w / 2, y + h / 2 - box.y - box.h / 2);
  return tiles.sort((a, b) => far(a) - far(b));
}
