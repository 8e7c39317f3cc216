/** The file as somebody sent it, kept beside what was made of it: only where the shop asked for that. */
import { getDb } from "@/lib/db/client";
import { ORIGINAL_NAME } from "./file-name";
import { byteLengthOf, sniff } from "./picture-kind";
import { type AssetPlace, getMediaStore } from "./store";

/**
 * Does nothing when it is kept already.
 * @param path of the file as it was sent
 * @throws AppError unavailable
 */
export async function addOriginal(place: AssetPlace, path: string): Promise<void> {
  const where = { id: place.assetId };
  const row = await getDb().asset.findUnique({ where, select: { originalType: true } });
  if (row === null || row.originalType !== null) return;
  await getMediaStore().put(place, [{ name: ORIGINAL_NAME, path }]);
  const originalType = (await sniff(path)) ?? "application/octet-stream";
  const data = { originalType, originalBytes: await byteLengthOf(path) };
  const { count } = await getDb().asset.updateMany({ where, data });
  // Erased meanwhile: then it is nobody's.
  if (count === 0) await getMediaStore().delete(place);
}
