/**
 * All tiles of a picture in one file: one object to store, list and delete instead of hundreds, read by range. It begins
 * with an index: "VTP1", the index's bytes as a 32-bit little-endian number, the index in JSON, then the tiles.
 * Levels and their tiles are those of libvips' deep-zoom layout (level n halves level n + 1; the last is the picture).
 */
import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";

const MAGIC = "VTP1";
const HEAD_BYTES = 8;
/** Tiles of one picture, at most: 110 megapixels in tiles of 512 pixels, a third more for the smaller levels, twice. */
const MAX_TILES = 1_200;

const whole = z.int().check(z.gte(0));
const levelSchema = z.object({
  level: whole,
  columns: whole,
  rows: whole,
  /** Bytes of each tile, row by row. */
  lengths: z.array(whole).check(z.maxLength(MAX_TILES)),
});
const tileIndexSchema = z.object({
  /** Side of a tile, pixels; those at the right and lower edge are smaller. */
  tileSize: whole,
  levels: z.array(levelSchema).check(z.maxLength(20)),
});
type TileIndex = z.infer<typeof tileIndexSchema>;

/** What tile-worker.mjs has made: `<folder>/<level>/<column>_<row>.webp`. */
export interface TileFolder {
  readonly folder: string;
  readonly tileSize: number;
  readonly levels: readonly { readonly level: number; readonly columns: number; readonly rows: number }[];
}

export async function writeTilePack(from: TileFolder, path: string): Promise<void> {
  const levels = await Promise.all(
    from.levels.map(async (level) => {
      const lengths: number[] = [];
      for (const file of filesOf(from.folder, level)) lengths.push((await stat(file)).size);
      return { ...level, lengths };
    }),
  );
  const index = Buffer.from(JSON.stringify({ tileSize: from.tileSize, levels } satisfies TileIndex));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(index.byteLength, MAGIC.length);
  const pack = await open(path, "wx", 0o600);
  try {
    await pack.write(head);
    await pack.write(index);
    for (const level of from.levels) {
      for (const file of filesOf(from.folder, level)) await append(pack, file);
    }
  } finally {
    await pack.close();
  }
}

function* filesOf(folder: string, { level, columns, rows }: TileFolder["levels"][number]) {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      yield join(folder, String(level), `${column}_${row}.webp`);
    }
  }
}

async function append(pack: FileHandle, file: string): Promise<void> {
  for await (const chunk of createReadStream(file)) await pack.write(chunk);
}

/** Bytes from a pack's beginning that hold its index, whatever it says; enough for MAX_TILES. */
export const INDEX_WITHIN_BYTES = 32_768;

export interface PackIndex {
  readonly index: TileIndex;
  /** Where the first tile begins. */
  readonly start: number;
}

/** @param beginning the first INDEX_WITHIN_BYTES, or all there is. Null: that is no pack. */
export function readPackIndex(beginning: Uint8Array): PackIndex | null {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  if (bytes.byteLength < HEAD_BYTES || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return null;
  const start = HEAD_BYTES + bytes.readUInt32LE(MAGIC.length);
  if (start > bytes.byteLength) return null;
  try {
    const parsed = tileIndexSchema.safeParse(JSON.parse(bytes.toString("utf8", HEAD_BYTES, start)));
    return parsed.success ? { index: parsed.data, start } : null;
  } catch {
    return null;
  }
}

/** Where in the pack a tile lies; null when there is no such tile. */
export function findTile(
  { index, start }: PackIndex,
  tile: { readonly level: number; readonly column: number; readonly row: number },
): { readonly start: number; readonly end: number } | null {
  let at = start;
  for (const { level, columns, rows, lengths } of index.levels) {
    if (level !== tile.level) {
      for (const length of lengths) at += length;
      continue;
    }
    if (tile.column >= columns || tile.row >= rows) return null;
    const wanted = tile.row * columns + tile.column;
    for (const length of lengths.slice(0, wanted)) at += length;
    const length = lengths[wanted];
    return length ? { start: at, end: at + length - 1 } : null;
  }
  return null;
}
