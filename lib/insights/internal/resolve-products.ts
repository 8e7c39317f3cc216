import * as z from "zod/mini";
import { readStatement } from "@/lib/db/client";
import { isStorable } from "@/lib/protocol/storable";

export interface ResolvedProduct {
  readonly productId: string;
  readonly variantId: string | null;
}

/**
 * Variants last, so that they win: a feed's plain id names the variant. What only a further storefront sells as a variant is
 * known by its product.
 */
const FIND = `
  SELECT "externalId", "id" AS "productId", NULL AS "variantId" FROM "Product" WHERE "shopId" = $1 AND "externalId" = ANY($2)
  UNION ALL
  SELECT v."externalId", v."productId", NULL FROM "Storefront" s JOIN "VariantVersion" v ON v."storefrontId" = s."id"
  WHERE s."shopId" = $1 AND v."externalId" = ANY($2)
  UNION ALL
  SELECT "externalId", "productId", "id" FROM "Variant" WHERE "shopId" = $1 AND "externalId" = ANY($2)`;

const rowsSchema = z.array(
  z.object({ externalId: z.string(), productId: z.string(), variantId: z.nullable(z.string()) }),
);

/** What the shop's own ids stand for: a variant first. Unknown ids are absent. */
export async function resolveProducts(
  shopId: string,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, ResolvedProduct>> {
  const wanted = [...new Set(externalIds)].filter(isStorable);
  const found = new Map<string, ResolvedProduct>();
  if (wanted.length === 0) return found;
  for (const { externalId, ...product } of rowsSchema.parse(await readStatement(FIND, [shopId, wanted]))) {
    if (product.variantId !== null || !found.has(externalId)) found.set(externalId, product);
  }
  return found;
}
