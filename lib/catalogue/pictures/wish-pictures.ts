/**
 * Says which pictures and videos products should have, by their addresses: they are fetched behind whatever says so (see
 * picture-queue.ts). Until then, and when they cannot be fetched, a product keeps what it has.
 */
import type { PrismaClient } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { END_OF_VIDEOS, FIRST_VIDEO_PLACE, type WishKind } from "./places";

export interface WishedPictures {
  readonly productId: string;
  /** Absolute http or https addresses, the main picture first; none leaves the pictures as they are. */
  readonly urls: readonly string[];
  /** As much of videos. None takes away what there is; left out: who says so knows nothing of videos. */
  readonly videos?: readonly string[];
}

/** Part of the caller's transaction, some thousand products a call. An address that is wished already stays as it is. */
export async function wishPictures(
  tx: Pick<PrismaClient, "$executeRaw">,
  shopId: ShopId,
  products: readonly WishedPictures[],
): Promise<void> {
  await dropUnnamed(tx, products);
  const wishes = products.flatMap(({ productId, urls, videos = [] }) => [
    ...urls.map((url, index) => wishAt(productId, "picture", index, url)),
    ...videos.map((url, index) => wishAt(productId, "video", FIRST_VIDEO_PLACE + index, url)),
  ]);
  if (wishes.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "PictureWish" ("productId", "position", "shopId", "kind", "url", "host", "state")
    SELECT wish.id, wish.position, ${shopId}, wish.kind, wish.url, wish.host,
           CASE WHEN picture."sourceUrl" = wish.url THEN 'stored' ELSE 'waiting' END
    FROM unnest(${wishes.map((wish) => wish.productId)}::text[], ${wishes.map((wish) => wish.position)}::int[],
                ${wishes.map((wish) => wish.kind)}::text[], ${wishes.map((wish) => wish.url)}::text[],
                ${wishes.map((wish) => wish.host)}::text[])
           wish(id, position, kind, url, host)
    LEFT JOIN "ProductPicture" picture ON picture."productId" = wish.id AND picture."position" = wish.position
    ON CONFLICT ("productId", "position") DO UPDATE
    SET "url" = excluded."url", "host" = excluded."host", "state" = excluded."state", "nextAt" = excluded."nextAt",
        "attempts" = 0, "etag" = NULL, "lastModified" = NULL, "checkedAt" = NULL, "error" = NULL, "detail" = ''
    WHERE "PictureWish"."url" <> excluded."url"`;
}

const wishAt = (productId: string, kind: WishKind, position: number, url: string) => ({
  ...{ productId, kind, position, url },
  host: new URL(url).host,
});

/** Wishes for places that are named no longer go, and with them what stands there; but not a product's last pictures. */
async function dropUnnamed(
  tx: Pick<PrismaClient, "$executeRaw">,
  products: readonly WishedPictures[],
): Promise<void> {
  const left = products.flatMap(({ productId, urls, videos }) => [
    { productId, from: urls.length, end: FIRST_VIDEO_PLACE, keeps: urls.length === 0 },
    ...(videos === undefined
      ? []
      : [{ productId, from: FIRST_VIDEO_PLACE + videos.length, end: END_OF_VIDEOS, keeps: false }]),
  ]);
  if (left.length === 0) return;
  const columns = (places: typeof left) =>
    [
      places.map(({ productId }) => productId),
      places.map(({ from }) => from),
      places.map(({ end }) => end),
    ] as const;
  const [ids, froms, ends] = columns(left);
  await tx.$executeRaw`
    DELETE FROM "PictureWish" wish USING unnest(${ids}::text[], ${froms}::int[], ${ends}::int[]) gone(id, start, stop)
    WHERE wish."productId" = gone.id AND wish."position" >= gone.start AND wish."position" < gone.stop`;
  const [emptied, starts, stops] = columns(left.filter(({ keeps }) => !keeps));
  if (emptied.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM "ProductPicture" picture
    USING unnest(${emptied}::text[], ${starts}::int[], ${stops}::int[]) gone(id, start, stop)
    WHERE picture."productId" = gone.id AND picture."position" >= gone.start AND picture."position" < gone.stop`;
}
