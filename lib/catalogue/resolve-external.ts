import { getDb } from "@/lib/db/client";
import { type ProductId, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";

export interface ResolvedExternal {
  readonly productId: ProductId;
  /** Null when the id names a product as a whole. */
  readonly variantId: string | null;
}

/** What the shop's page means by an id: one of its variants, or a product. Null when the catalogue knows neither. */
export async function resolveExternalId(
  shopId: ShopId,
  externalId: string,
): Promise<ResolvedExternal | null> {
  return (await resolveExternalIds(shopId, [externalId])).get(externalId) ?? null;
}

/** The same for many ids at once, in three statements. Unknown ids are left out. */
export async function resolveExternalIds(
  shopId: ShopId,
  externalIds: readonly string[],
): Promise<Map<string, ResolvedExternal>> {
  const where = { shopId, externalId: { in: [...new Set(externalIds)].filter(isStorable) } };
  const found = new Map<string, ResolvedExternal>();
  if (externalIds.length === 0) return found;
  const products = await getDb().product.findMany({ where, select: { id: true, externalId: true } });
  for (const { id, externalId } of products) {
    found.set(externalId, { productId: productIdSchema.parse(id), variantId: null });
  }
  // What only a further storefront sells as a variant is known by its product.
  const versions = await getDb().variantVersion.findMany({
    where: { externalId: where.externalId, version: { storefront: { shopId } } },
    select: { externalId: true, productId: true },
  });
  for (const { externalId, productId } of versions) {
    if (!found.has(externalId))
      found.set(externalId, { productId: productIdSchema.parse(productId), variantId: null });
  }
  // A feed's single item is product and variant under one id: the variant says more.
  const variants = await getDb().variant.findMany({
    where,
    select: { id: true, externalId: true, productId: true },
  });
  for (const { id, externalId, productId } of variants) {
    found.set(externalId, { productId: productIdSchema.parse(productId), variantId: id });
  }
  return found;
}
