/**
 * What goes with a product: what the shop says, what was ordered together with it, then what is like it and costs about
 * as much. Its own variants are in the product itself. Each with its reason, and once.
 */
import { getDb, Prisma } from "@/lib/db/client";
import { type ProductId, productIdSchema } from "@/lib/protocol/ids";
import { relatedLive } from "./adapters/search-live";
import { type CatalogueView, tableOf } from "./catalogue-view";

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

export async function findRelated(view: CatalogueView, product: RelatedTo): Promise<RelatedProduct[]> {
  const [live, together, similar] = await Promise.all([
    relatedLive(view, product.externalId),
    findTogether(view, product.id),
    findSimilar(view, product),
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
async function findTogether(view: CatalogueView, id: string): Promise<RelatedProduct[]> {
  const { from, id: product, isOfView } = tableOf(view);
  const rows = await getDb().$queryRaw<{ id: string; orders: number }[]>`
    WITH newest AS (
      SELECT DISTINCT l."orderId" FROM (
        SELECT "orderId" FROM "OrderLine" WHERE "productId" = ${id} ORDER BY "orderId" DESC LIMIT ${MAX_ORDERS}
      ) l JOIN "Order" o ON o."id" = l."orderId"
      WHERE o."shopId" = ${view.shopId} AND o."status" <> 'cancelled'
    )
    SELECT ${product} AS "id", count(DISTINCT l."orderId")::int AS orders
    FROM newest JOIN "OrderLine" l USING ("orderId") JOIN ${from} ON ${product} = l."productId"
    WHERE ${product} <> ${id} AND ${isOfView} AND p."active"
    GROUP BY ${product}, p."inStock", p."searchTitle"
    HAVING count(DISTINCT l."orderId") >= ${MIN_TOGETHER}
    ORDER BY orders DESC, p."inStock" DESC, p."searchTitle", ${product}
    LIMIT ${MAX_RELATED}`;
  return rows.map(({ id: other, orders }) => ({
    productId: productIdSchema.parse(other),
    reason: "together",
    orders,
  }));
}

/** Of the very same category, in stock, within reach of its price; nearest first. */
async function findSimilar(
  view: CatalogueView,
  { id, category, priceFromMinor: price }: RelatedTo,
): Promise<RelatedProduct[]> {
  if (category === "" || price === null) return [];
  const { from, id: product, isOfView } = tableOf(view);
  const near = Prisma.sql`${isOfView} AND p."category" = ${category} AND p."active" AND p."inStock" AND ${product} <> ${id}`;
  const least = Math.ceil(price * (1 - PRICE_REACH));
  const most = Math.floor(price * (1 + PRICE_REACH));
  const rows = await getDb().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      (SELECT ${product} AS "id", p."priceFromMinor" AS price FROM ${from}
        WHERE ${near} AND p."priceFromMinor" BETWEEN ${price} AND ${most}
        ORDER BY p."priceFromMinor", ${product} LIMIT ${NEAR_CANDIDATES})
      UNION ALL
      (SELECT ${product}, p."priceFromMinor" FROM ${from}
        WHERE ${near} AND p."priceFromMinor" >= ${least} AND p."priceFromMinor" < ${price}
        ORDER BY p."priceFromMinor" DESC, ${product} LIMIT ${NEAR_CANDIDATES})
    ) near
    ORDER BY abs(price - ${price}), "id" LIMIT ${MAX_RELATED}`;
  return rows.map((row) => ({ productId: productIdSchema.parse(row.id), reason: "similar", orders: 0 }));
}
