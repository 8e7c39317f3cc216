import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { pictureWakeSlot } from "./picture-queue";
import { type WishKind, wishKinds } from "./places";

const DAY_MS = 86_400_000;
/**
 * Milliseconds for which it is taken as it was: a shop that is read every hour does not send them all each time. Where a
 * host knows no conditions a video is sent as a whole.
 */
const FRESH_MS: Readonly<Record<WishKind, number>> = { picture: DAY_MS, video: 7 * DAY_MS };

/** After a source was read anew: what failed is tried again, and what was fetched some time ago is asked for, conditionally. */
export async function recheckPictures(shopId: ShopId, sourceId: string, now: Date): Promise<void> {
  await getDb().pictureWish.updateMany({
    where: {
      shopId,
      product: { sourceId, OR: [{ active: true }, { versions: { some: { active: true } } }] },
      OR: [
        { state: "failed" },
        { state: "stored", checkedAt: null },
        ...wishKinds.map((kind) => ({
          ...{ kind, state: "stored" },
          checkedAt: { lt: new Date(now.getTime() - FRESH_MS[kind]) },
        })),
      ],
    },
    data: { state: "waiting", nextAt: now, attempts: 0, error: null, detail: "" },
  });
  pictureWakeSlot.find()?.();
}
