/** Writing one product of a further storefront, whole, by the shop's own ids: as write-product.ts for the shop's own. */

import { getDb } from "@/lib/db/client";
import { newRowId } from "@/lib/db/row-id";
import type { ShopId } from "@/lib/protocol/ids";
import type { ViewStorefront } from "../catalogue-view";
import { recordCatalogueWords } from "../catalogue-words";
import { searchColumnsOf, searchLanguage } from "../search-columns";
import { type ProductInput, WRITE_TIMES } from "../write-product";

/** @returns the product's id, and whether nobody knew it before: then its name is kept with the shop, inactive */
export async function writeVersion(
  shopId: ShopId,
  storefront: ViewStorefront,
  input: ProductInput,
): Promise<{ readonly productId: string; readonly isNew: boolean }> {
  const { storefrontId, locale } = storefront;
  const { externalId, title, description, url, brand, category } = input;
  const search = searchColumnsOf(input, searchLanguage("", locale));
  const version = { title, description, url, brand, category, active: true, locale, ...search };
  const fields = { ...version, sourceId: null, contentHash: null, goneAt: null };
  const written = await getDb().$transaction(async (tx) => {
    const id = newRowId(new Date());
    const { id: productId } = await tx.product.upsert({
      where: { shopId_externalId: { shopId, externalId } },
      create: { id, shopId, externalId, title, url, brand, category, locale, active: false, inStock: false },
      update: {},
      select: { id: true },
    });
    await tx.productVersion.upsert({
      where: { storefrontId_productId: { storefrontId, productId } },
      create: { storefrontId, productId, shopId, externalId, ...fields },
      update: fields,
    });
    const kept = input.variants.map((variant) => variant.externalId);
    await tx.variantVersion.deleteMany({
      where: { storefrontId, productId, externalId: { notIn: kept } },
    });
    for (const [position, { externalId: variantId, ...variant }] of input.variants.entries()) {
      await tx.variantVersion.upsert({
        // By the shop's id alone: a variant may have moved here from another product.
        where: { storefrontId_externalId: { storefrontId, externalId: variantId } },
        create: { storefrontId, productId, externalId: variantId, position, ...variant },
        update: { productId, position, ...variant },
      });
    }
    return { productId, isNew: productId === id };
  }, WRITE_TIMES);
  await recordCatalogueWords({ shopId, storefront }, [search]);
  return written;
}
