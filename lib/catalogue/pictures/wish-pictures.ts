/**
 * Says which pictures products should have, by their addresses: they are fetched behind whatever says so (see
 * picture-queue.ts). Until then, and when they cannot be fetched, a product keeps what it has.
 */
import type { PrismaClient } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

export interface WishedPictures {
  readonly productId: string;
  /** Absolute http or https addresses, the main picture first; none leaves the pictures as they are. */
  readonly urls: readonly string[];
}

/** Part of the caller's transaction, some thousand products a call. An address that is wished already stays as it is. */
export async function wishPictures(
  tx: Pick<PrismaClient, "$executeRaw">,
  shopId: ShopId,
  products: readonly WishedPictures[],
): Promise<void> {
  const named = products.filter(({ urls }) => urls.length > 0);
  const wishes = named.flatMap(({ productId, urls }) =>
    urls.map((url, position) => ({ productId, position, url, host: new URL(url).host })),
  );
  const productIds = products.map(({ productId }) => productId);
  const counts = products.map(({ urls }) => urls.length);
  await tx.$executeRaw`
    DELETE FROM "PictureWish" wish USING unnest(${productIds}::text[], ${counts}::int[]) named(id, count)
    WHERE wish."productId" = named.id AND wish."position" >= named.count`;
  if (wishes.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM "ProductPicture" picture USING unnest(${productIds}::text[], ${counts}::int[]) named(id, count)
    WHERE picture."productId" = named.id AND named.count > 0 AND picture."position" >= named.count`;
  await tx.$executeRaw`
    INSERT INTO "PictureWish" ("productId", "position", "shopId", "url", "host", "state")
    SELECT wish.id, wish.position, ${shopId}, wish.url, wish.host,
           CASE WHEN picture."sourceUrl" = wish.url THEN 'stored' ELSE 'waiting' END
    FROM unnest(${wishes.map((wish) => wish.productId)}::text[], ${wishes.map((wish) => wish.position)}::int[],
                ${wishes.map((wish) => wish.url)}::text[], ${wishes.map((wish) => wish.host)}::text[])
           wish(id, position, url, host)
    LEFT JOIN "ProductPicture" picture ON picture."productId" = wish.id AND picture."position" = wish.position
    ON CONFLICT ("productId", "position") DO UPDATE
    SET "url" = excluded."url", "host" = excluded."host", "state" = excluded."state", "nextAt" = excluded."nextAt",
        "attempts" = 0, "etag" = NULL, "lastModified" = NULL, "checkedAt" = NULL, "error" = NULL, "detail" = ''
    WHERE "PictureWish"."url" <> excluded."url"`;
}
