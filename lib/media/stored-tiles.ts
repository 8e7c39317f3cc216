/** Finds one tile of a picture in the file that holds all of them. */
import type { AssetId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import { TILES_NAME } from "./file-name";
import { type AssetPlace, getMediaStore, type StoredFile } from "./store";
import { findTile, INDEX_WITHIN_BYTES, type PackIndex, readPackIndex } from "./tile-pack";

/** Indices kept at hand: each a few kilobytes, and everybody who zooms asks for a dozen tiles of one picture. */
const MAX_KNOWN = 500;

/** A pack never changes, but it comes and goes with its asset: what is known is only its index. */
const known = processSlot<Map<AssetId, PackIndex>>("tile-indices");

/**
 * @param level, cell as they stand in the address ("13", "4_2"), unchecked
 * @returns null when there is no such tile @throws AppError unavailable
 */
export async function findStoredTile(
  place: AssetPlace,
  level: string,
  cell: string,
): Promise<StoredFile | null> {
  const [, column = "", row = ""] = /^(\d{1,4})_(\d{1,4})$/.exec(cell) ?? [];
  if (!/^\d{1,2}$/.test(level) || column === "") return null;
  const pack = await getMediaStore().find(place, TILES_NAME);
  if (pack === null) return null;
  const index = await indexOf(place.assetId, pack);
  const at = index && findTile(index, { level: Number(level), column: Number(column), row: Number(row) });
  if (!at) return null;
  return {
    byteLength: at.end - at.start + 1,
    open: (range) => pack.open(range ? { start: at.start + range.start, end: at.start + range.end } : at),
  };
}

async function indexOf(assetId: AssetId, pack: StoredFile): Promise<PackIndex | null> {
  const indices = known.find() ?? new Map<AssetId, PackIndex>();
  known.provide(indices);
  const found = indices.get(assetId);
  if (found) return found;
  const end = Math.min(INDEX_WITHIN_BYTES, pack.byteLength) - 1;
  const read = readPackIndex(new Uint8Array(await new Response(pack.open({ start: 0, end })).arrayBuffer()));
  if (read === null) return null;
  if (indices.size >= MAX_KNOWN) indices.clear();
  indices.set(assetId, read);
  return read;
}
