/**
 * What an import for a further storefront writes: versions of the shop's products. A product that only such a storefront
 * has is kept by its name, inactive: it is what conversations, events and orders know it by, and the shop's own storefront
 * does not sell it.
 */
import type { Prisma } from "@/lib/db/client";
import { type Batch, isInBatch, stagedData, stagedVariants } from "./staged-batch";
import type { StagingRun } from "./staged-rows";

export interface WrittenVersion {
  readonly id: string;
  readonly externalId: string;
  readonly title: string;
  readonly searchTitle: string;
  readonly searchText: string;
  /** Its pictures are those that this source names: no other storefront had the product before. */
  readonly isOwner: boolean;
}

export async function upsertVersions(
  tx: Prisma.TransactionClient,
  run: StagingRun,
  storefrontId: string,
  batch: Batch,
): Promise<WrittenVersion[]> {
  await upsertNames(tx, run, batch);
  const rows = await tx.$queryRaw<WrittenVersion[]>`
    WITH written AS (
      INSERT INTO "ProductVersion" ("storefrontId", "productId", "shopId", "externalId", "title", "description", "url",
        "brand", "category", "active", "sourceId", "contentHash", "goneAt", "locale", "searchLanguage", "searchTitle",
        "searchText", "searchBody", "facets", "buyable", "inStock", "onSale", "priceFromMinor", "createdAt", "updatedAt")
      SELECT ${storefrontId}, p."id", s."shopId", s."externalId", d."title", d."description", d."url", d."brand",
        d."category", true, ${run.sourceId}, s."contentHash", NULL, d."locale", d."searchLanguage", d."searchTitle",
        d."searchText", d."searchBody", d."facets", d."buyable", d."inStock", d."onSale", d."priceFromMinor", ${run.now},
        ${run.now}
      FROM "StagedProduct" s
      JOIN "Product" p ON p."shopId" = s."shopId" AND p."externalId" = s."externalId",
      ${stagedData}
      WHERE ${isInBatch(run, batch)}
      ORDER BY s."externalId"
      ON CONFLICT ("storefrontId", "productId") DO UPDATE SET "title" = excluded."title",
        "description" = excluded."description", "url" = excluded."url", "brand" = excluded."brand",
        "category" = excluded."category", "active" = true, "sourceId" = excluded."sourceId",
        "contentHash" = excluded."contentHash", "goneAt" = NULL, "locale" = excluded."locale",
        "searchLanguage" = excluded."searchLanguage", "searchTitle" = excluded."searchTitle",
        "searchText" = excluded."searchText", "searchBody" = excluded."searchBody", "facets" = excluded."facets",
        "buyable" = excluded."buyable", "inStock" = excluded."inStock", "onSale" = excluded."onSale",
        "priceFromMinor" = excluded."priceFromMinor", "updatedAt" = excluded."updatedAt"
      RETURNING "productId", "externalId", "title", "searchTitle", "searchText"
    )
    SELECT p."id", written."externalId", written."title", written."searchTitle", written."searchText",
      coalesce(p."sourceId" = ${run.sourceId}, false) AS "isOwner"
    FROM written JOIN "Product" p ON p."id" = written."productId"`;
  await upsertVariants(tx, run, storefrontId, batch);
  return rows;
}

/** Products that are there already stay as they are, but for the name of one that this source has brought, or nobody that is left. */
async function upsertNames(tx: Prisma.TransactionClient, run: StagingRun, batch: Batch) {
  await tx.$executeRaw`
    INSERT INTO "Product" AS old ("id", "shopId", "externalId", "title", "url", "brand", "category", "locale", "active",
      "sourceId", "inStock", "createdAt", "updatedAt")
    SELECT s."productId", s."shopId", s."externalId", d."title", d."url", d."brand", d."category", d."locale", false,
      ${run.sourceId}, false, ${run.now}, ${run.now}
    FROM "StagedProduct" s, jsonb_to_record(s."data") AS d ("title" text, "url" text, "brand" text, "category" text,
      "locale" text)
    WHERE ${isInBatch(run, batch)}
    ORDER BY s."externalId"
    ON CONFLICT ("shopId", "externalId") DO UPDATE SET "title" = excluded."title", "url" = excluded."url",
      "brand" = excluded."brand", "category" = excluded."category", "locale" = excluded."locale",
      "sourceId" = excluded."sourceId", "updatedAt" = excluded."updatedAt"
    WHERE NOT old."active" AND (old."sourceId" = excluded."sourceId" OR old."sourceId" IS NULL)`;
}

/** By the shop's id within the storefront: a variant may have moved here from another product. */
async function upsertVariants(
  tx: Prisma.TransactionClient,
  run: StagingRun,
  storefrontId: string,
  batch: Batch,
) {
  await tx.$executeRaw`
    INSERT INTO "VariantVersion" ("id", "storefrontId", "productId", "externalId", "title", "color", "size", "currency",
      "priceMinor", "saleMinor", "availability", "stock", "sku", "gtin", "mpn", "position")
    SELECT v."id", ${storefrontId}, p."id", v."externalId", v."title", v."color", v."size", v."currency", v."priceMinor",
      v."saleMinor", v."availability", v."stock", v."sku", v."gtin", v."mpn", v."position"
    FROM "StagedProduct" s
    JOIN "Product" p ON p."shopId" = s."shopId" AND p."externalId" = s."externalId",
    ${stagedVariants}
    WHERE ${isInBatch(run, batch)}
    ON CONFLICT ("storefrontId", "externalId") DO UPDATE SET "productId" = excluded."productId",
      "title" = excluded."title", "color" = excluded."color", "size" = excluded."size",
      "currency" = excluded."currency", "priceMinor" = excluded."priceMinor", "saleMinor" = excluded."saleMinor",
      "availability" = excluded."availability", "stock" = excluded."stock", "sku" = excluded."sku",
      "gtin" = excluded."gtin", "mpn" = excluded."mpn", "position" = excluded."position"`;
}
