import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { getDb } from "@/lib/db/client";
import { type AssetId, shopIdSchema } from "@/lib/protocol/ids";
import { TILES_NAME } from "./file-name";
import { cutTiles, needsTiles } from "./read-picture";
import { inScratchFolder } from "./scratch-folder";
import { getMediaStore } from "./store";
import { writeTilePack } from "./tile-pack";

/**
 * Gives a picture that is too large to be looked at whole its tiles; does nothing for others, and when they are there.
 * @param source the file that the asset was made from, or its path
 * @throws AppError those of readPicture, unavailable; the signal's reason
 */
export async function addTiles(
  assetId: AssetId,
  source: Uint8Array | string,
  signal?: AbortSignal,
): Promise<void> {
  const row = await getDb().asset.findUnique({ where: { id: assetId } });
  if (row === null || row.tileSize !== null || row.videoType !== null || !needsTiles(row)) return;
  await inScratchFolder(async (folder) => {
    const tiles = join(folder, "tiles");
    await mkdir(tiles);
    const cut = await cutTiles(source, tiles, signal);
    const path = join(folder, TILES_NAME);
    await writeTilePack(cut, path);
    const place = { shopId: shopIdSchema.parse(row.shopId), assetId };
    await getMediaStore().put(place, [{ name: TILES_NAME, path }]);
    const data = { tileSize: cut.tileSize };
    const { count } = await getDb().asset.updateMany({ where: { id: assetId }, data });
    // Erased while they were cut: then they are nobody's.
    if (count === 0) await getMediaStore().delete(place);
  });
}
