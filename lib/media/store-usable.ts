/** A picture is shown as soon as it can be looked at; its larger sizes are added to it while people look. */
import { getDb } from "@/lib/db/client";
import { shopIdSchema } from "@/lib/protocol/ids";
import { type KeptAsset, keepAsset } from "./keep-asset";
import type { Picture } from "./picture-task";
import { hasAllSizes, readInSteps, readPicture } from "./read-picture";
import { type AssetPlace, getMediaStore } from "./store";
import { assetOf, type ConversationPicture, type StoredAsset, sha256Of, storedAsset } from "./store-picture";

export interface UsableAsset extends StoredAsset {
  /** Makes its larger sizes, if they are not there. @throws what readPicture and the store do; the signal's reason */
  readonly sharpen: () => Promise<void>;
  /** Leaves its thread to others; `sharpen` reads the file again. */
  readonly leave: () => void;
}

/**
 * A picture somebody put into a conversation, once it can be looked at: its larger sizes may still be to come (`sharpen`), and
 * large ones have no tiles yet (addTiles).
 * @param picture its signal has to end it when nobody sharpens it: a thread waits for that
 * @throws AppError those of readPicture; the signal's reason
 */
export async function storeUsablePicture(
  picture: ConversationPicture & { readonly signal: AbortSignal },
): Promise<UsableAsset> {
  const { source, covered = false, signal } = picture;
  let ours: ReturnType<typeof readInSteps> | null = null;
  const kept = await keepAsset(picture, await sha256Of(source), async () => {
    ours = readInSteps(source, signal);
    return assetOf(await ours.usable, { covered });
  });
  return {
    ...storedAsset(kept),
    leave() {
      ours?.leave();
      ours = null;
    },
    async sharpen() {
      if (hasAllSizes(kept.row)) return;
      const again = () => readPicture(source, signal);
      // None of ours: whoever showed it before was ended, or is still at it. Ended: nobody asked for the rest for too long.
      const rest = ours === null ? again() : ours.rest().catch(again);
      await addSizes(kept, rest);
    },
  };
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
