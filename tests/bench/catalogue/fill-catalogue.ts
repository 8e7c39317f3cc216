/** Puts many products into a shop at once, with the columns that search reads; the import has a benchmark of its own. */

import { randomUUID } from "node:crypto";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { recordCatalogueWords } from "@/lib/catalogue/catalogue-words";
import { searchColumnsOf, searchLanguage } from "@/lib/catalogue/search-columns";
import { settleSearch } from "@/lib/catalogue/settle-search";
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { type BenchProduct, generateProducts } from "./generate-products";

/** Products in one statement. */
const BATCH = 1_000;

export async function fillCatalogue(shopId: ShopId, count: number): Promise<void> {
  let batch: BenchProduct[] = [];
  for (const product of generateProducts(count)) {
    batch.push(product);
    if (batch.length < BATCH) continue;
    await write(shopId, batch);
    batch = [];
  }
  await write(shopId, batch);
  await settleSearch(ownCatalogue(shopId));
}

async function write(shopId: ShopId, batch: readonly BenchProduct[]): Promise<void> {
  const rows = batch.map(({ locale, variants, ...product }) => {
    const columns = searchColumnsOf({ ...product, variants }, searchLanguage(locale, "en"));
    return { id: randomUUID(), shopId, locale, ...product, ...columns, updatedAt: new Date(), variants };
  });
  await getDb().$executeRaw`
    INSERT INTO "Product" ("id", "shopId", "externalId", "title", "description", "url", "brand", "category", "locale",
      "searchLanguage", "searchTitle", "searchText", "searchBody", "facets", "buyable", "inStock", "onSale",
      "priceFromMinor", "updatedAt")
    SELECT "id", "shopId", "externalId", "title", "description", "url", "brand", "category", "locale",
      "searchLanguage", "searchTitle", "searchText", "searchBody", "facets", "buyable", "inStock", "onSale",
      "priceFromMinor", "updatedAt"
    FROM json_populate_recordset(NULL::"Product", ${JSON.stringify(rows)}::json)`;
  const variants = rows.flatMap(({ id, variants }) =>
    variants.map((variant, position) => ({ id: randomUUID(), productId: id, shopId, position, ...variant })),
  );
  await getDb().$executeRaw`
    INSERT INTO "Variant" ("id", "productId", "shopId", "externalId", "title", "color", "size", "currency", "priceMinor",
      "saleMinor", "availability", "sku", "gtin", "mpn", "position")
    SELECT "id", "productId", "shopId", "externalId", "title", "color", "size", "currency", "priceMinor",
      "saleMinor", "availability", "sku", "gtin", "mpn", "position"
    FROM json_populate_recordset(NULL::"Variant", ${JSON.stringify(variants)}::json)`;
  await recordCatalogueWords(ownCatalogue(shopId), rows);
}
