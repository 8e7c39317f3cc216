import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDb } from "@/lib/db/client";
import type { AssetId } from "@/lib/protocol/ids";
import { TILES_NAME } from "./file-name";
import { cutTiles, needsTiles } from "./read-picture";
import { getMediaStore } from "./store";
import { writeTilePack } from "./tile-pack";

/**
 * Gives a picture that is too large to be looked at whole its tiles; does nothing for others, and when they are there.
 * @param source the file that the asset was made from, or its path
 * @throws AppError those of readPicture, unavailable
 */
export async function addTiles(assetId: AssetId, source: Uint8Array | string): Promise<void> {
  const row = await getDb().asset.findUnique({ where: { id: assetId } });
  if (row === null || row.tileSize !== null || row.videoType !== null || !needsTiles(row)) return;
  const folder = await mkdtemp(join(tmpdir(), "vetrina-tiles-"));
  try {
    const tiles = join(folder, "tiles");
    await mkdir(tiles);
    const cut = await cutTiles(source, tiles);
    const path = join(folder, TILES_NAME);
    await writeTilePack(cut, path);
    await getMediaStore().put(assetId, [{ name: TILES_NAME, path }]);
    await getDb().asset.update({ where: { id: assetId }, data: { tileSize: cut.tileSize } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
