import { getDb } from "@/lib/db/client";

export interface ResolvedProduct {
  readonly productId: string;
  readonly variantId: string | null;
}

/** What the shop's own ids stand for: a variant first, since a feed's plain id names the variant. Unknown ids are absent. */
export async function resolveProducts(
  shopId: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, ResolvedProduct>> {
  const wanted = [...new Set(externalIds)];
  const found = new Map<string, ResolvedProduct>();
  if (wanted.length === 0) return found;
  const where = { shopId, externalId: { in: wanted } };
  const [products, variants] = await Promise.all([
    getDb().product.findMany({ where, select: { id: true, externalId: true } }),
    getDb().variant.findMany({ where, select: { id: true, productId: true, externalId: true } }),
  ]);
  for (const product of products) found.set(product.externalId, { productId: product.id, variantId: null });
  for (const variant of variants) {
    found.set(variant.externalId, { productId: variant.productId, variantId: variant.id });
  }
  return found;
}
