/** A picture is shown as soon as it can be looked at; its larger sizes are added to it while people look. */
import { getDb } from "@/lib/db/client";
import { shopIdSchema } from "@/lib/protocol/ids";
import { type KeptAsset, keepAsset } from "./keep-asset";
import type { Picture } from "./picture-task";
import { hasAllSizes, readInSteps, readPicture } from "./read-picture";
import { type AssetPlace, getMediaStore } from "./store";
import { assetOf, type ConversationPicture, type StoredAsset, sha256Of, storedAsset } from "./store-picture";

export interface UsableAsset extends StoredAsset {
  /** Ends when all sizes are there. @throws what readPicture and the store do; the signal's reason */
  readonly sharp: Promise<void>;
}

/**
 * A picture somebody put into a conversation, once it can be looked at: its larger sizes may still be to come (`sharp`), and
 * large ones have no tiles yet (addTiles).
 * @throws AppError those of readPicture; the signal's reason
 */
export async function storeUsablePicture(picture: ConversationPicture): Promise<UsableAsset> {
  const { source, covered = false, signal } = picture;
  const end = new AbortController();
  const until = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  let ours: Promise<Picture> | null = null;
  try {
    const kept = await keepAsset(picture, await sha256Of(source), async () => {
      const { usable, all } = readInSteps(source, until);
      ours = all;
      return assetOf(await usable, { covered });
    });
    if (hasAllSizes(kept.row)) {
      // The same file was sent twice at once, and the other one was quicker: nobody waits for ours.
      if (!kept.created) end.abort();
      return { ...storedAsset(kept), sharp: Promise.resolve() };
    }
    // Whoever showed it before was ended, or is still at it.
    const sharp = addSizes(kept, ours ?? readPicture(source, until));
    // Whoever called may have to end before that.
    sharp.catch(() => undefined);
    return { ...storedAsset(kept), sharp };
  } catch (error) {
    end.abort();
    throw error;
  }
}

/** Files first, as always: the row names what is there. */
async function addSizes({ row, assetId }: KeptAsset, reading: Promise<Picture>): Promise<void> {
  const { facts, files } = assetOf(await reading, {});
  const place: AssetPlace = { shopId: shopIdSchema.parse(row.shopId), assetId };
  const missing = files.filter((_, index) => !row.sizes.includes(facts.sizes[index] ?? 0));
  await getMediaStore().put(place, missing);
  const { count } = await getDb().asset.updateMany({ where: { id: assetId }, data: { sizes: facts.sizes } });
  // Erased meanwhile: then they are nobody's.
  if (count === 0) await getMediaStore().delete(place);
}
