/**
 * What goes with a product: what the shop says, what was ordered together with it, then what is like it and costs about
 * as much. Its own variants are in the product itself. Each with its reason, and once.
 */
import { getDb } from "@/lib/db/client";
import { type ProductId, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { relatedLive } from "./adapters/search-live";

/** Of each reason. */
const MAX_RELATED = 8;
/** Newest orders of the product that are looked at: enough to see a habit, bounded for what everybody buys. */
const MAX_ORDERS = 500;
/** Ordered together once may be chance. */
const MIN_TOGETHER = 2;
/** What counts as near in price: as a share of the product's own. */
const PRICE_REACH = 0.3;
/** Cheaper and dearer ones of its category that are compared. */
const NEAR_CANDIDATES = 40;

export interface RelatedProduct {
  readonly productId: ProductId;
  /** What the shop's own system puts beside it, what was ordered with it, what is like it. */
  readonly reason: "shop" | "together" | "similar";
  /** In how many of those orders; 0 for the others. */
  readonly orders: number;
}

interface RelatedTo {
  readonly id: string;
  readonly externalId: string;
  readonly category: string;
  readonly priceFromMinor: number | null;
}

export async function findRelated(shopId: ShopId, product: RelatedTo): Promise<RelatedProduct[]> {
  const [live, together, similar] = await Promise.all([
    relatedLive(shopId, product.externalId),
    findTogether(shopId, product.id),
    findSimilar(shopId, product),
  ]);
  const shown = (live?.value ?? []).slice(0, MAX_RELATED);
  const all = [
    ...shown.map((productId): RelatedProduct => ({ productId, reason: "shop", orders: 0 })),
    ...together,
    ...similar,
  ];
  return all.filter(({ productId }, at) => all.findIndex((one) => one.productId === productId) === at);
}

/** Orders that were called off say nothing. Most often together first. */
async function findTogether(shopId: ShopId, id: string): Promise<RelatedProduct[]> {
  const rows = await getDb().$queryRaw<{ id: string; orders: number }[]>`
    WITH newest AS (
      SELECT DISTINCT l."orderId" FROM (
        SELECT "orderId" FROM "OrderLine" WHERE "productId" = ${id} ORDER BY "orderId" DESC LIMIT ${MAX_ORDERS}
      ) l JOIN "Order" o ON o."id" = l."orderId"
      WHERE o."shopId" = ${shopId} AND o."status" <> 'cancelled'
    )
    SELECT p."id", count(DISTINCT l."orderId")::int AS orders
    FROM newest JOIN "OrderLine" l USING ("orderId") JOIN "Product" p ON p."id" = l."productId"
    WHERE p."id" <> ${id} AND p."shopId" = ${shopId} AND p."active"
    GROUP BY p."id", p."inStock", p."searchTitle"
    HAVING count(DISTINCT l."orderId") >= ${MIN_TOGETHER}
    ORDER BY orders DESC, p."inStock" DESC, p."searchTitle", p."id"
    LIMIT ${MAX_RELATED}`;
  return rows.map(({ id: other, orders }) => ({
    productId: productIdSchema.parse(other),
    reason: "together",
    orders,
  }));
}

/** Of the very same category, in stock, within reach of its price; nearest first. */
async function findSimilar(
  shopId: ShopId,
  { id, category, priceFromMinor: price }: RelatedTo,
): Promise<RelatedProduct[]> {
  if (category === "" || price === null) return [];
  const least = Math.ceil(price * (1 - PRICE_REACH));
  const most = Math.floor(price * (1 + PRICE_REACH));
  const rows = await getDb().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      (SELECT "id", "priceFromMinor" AS price FROM "Product"
        WHERE "shopId" = ${shopId} AND "category" = ${category} AND "active" AND "inStock" AND "id" <> ${id}
          AND "priceFromMinor" BETWEEN ${price} AND ${most}
        ORDER BY "priceFromMinor", "id" LIMIT ${NEAR_CANDIDATES})
      UNION ALL
      (SELECT "id", "priceFromMinor" FROM "Product"
        WHERE "shopId" = ${shopId} AND "category" = ${category} AND "active" AND "inStock" AND "id" <> ${id}
          AND "priceFromMinor" >= ${least} AND "priceFromMinor" < ${price}
        ORDER BY "priceFromMinor" DESC, "id" LIMIT ${NEAR_CANDIDATES})
    ) near
    ORDER BY abs(price - ${price}), "id" LIMIT ${MAX_RELATED}`;
  return rows.map((row) => ({ productId: productIdSchema.parse(row.id), reason: "similar", orders: 0 }));
}
