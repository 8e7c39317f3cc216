/** What became of a wish: the product's picture, and what the report says. Nothing is written for a wish that changed meanwhile. */
import { getDb } from "@/lib/db/client";
import type { ClaimedWish } from "./claim-wishes";
import type { FetchedPicture } from "./fetch-picture";

/** Milliseconds until the next attempt, after the first, second ... one that found the host away. Then it has failed. */
const RETRY_AFTER_MS = [60_000, 600_000, 3_600_000];
/** Times that a busy host may send us away before the picture counts as failed. */
const MAX_BUSY_ATTEMPTS = 10;

export async function settleWish(wish: ClaimedWish, result: FetchedPicture, now: Date): Promise<void> {
  const { productId, position, url, attempts } = wish;
  const where = { productId, position, url, state: "fetching" };
  const later = (ms: number) => new Date(now.getTime() + ms);
  switch (result.kind) {
    case "stored": {
      const { assetId, etag, lastModified } = result;
      const data = { assetId, sourceUrl: url, alt: wish.title };
      await getDb().$transaction(async (tx) => {
        const { count } = await tx.pictureWish.updateMany({
          where,
          data: { ...settled, state: "stored", etag, lastModified, checkedAt: now },
        });
        if (count === 0) return;
        await tx.productPicture.upsert({
          where: { productId_position: { productId, position } },
          create: { productId, position, ...data },
          update: data,
        });
      });
      return;
    }
    case "unchanged":
      await getDb().pictureWish.updateMany({ where, data: { ...settled, state: "stored", checkedAt: now } });
      return;
    case "busy": {
      const data =
        attempts >= MAX_BUSY_ATTEMPTS
          ? { state: "failed", error: "too_many", detail: result.detail }
          : { state: "waiting", nextAt: later(result.forMs), error: "too_many", detail: result.detail };
      await getDb().pictureWish.updateMany({ where, data });
      return;
    }
    case "away":
    case "unusable": {
      const { code: error, message: detail } = result.error;
      const wait = result.kind === "away" ? RETRY_AFTER_MS[attempts - 1] : undefined;
      const data =
        wait === undefined
          ? { state: "failed", error, detail }
          : { state: "waiting", nextAt: later(wait), error, detail };
      await getDb().pictureWish.updateMany({ where, data });
      return;
    }
  }
}

const settled = { attempts: 0, error: null, detail: "" };

/** Work on it ends before it is done: whoever comes next begins anew. */
export async function putBackWish(
  { productId, position, url, attempts }: ClaimedWish,
  now: Date,
): Promise<void> {
  await getDb().pictureWish.updateMany({
    where: { productId, position, url, state: "fetching" },
    data: { state: "waiting", nextAt: now, attempts: attempts - 1 },
  });
}
