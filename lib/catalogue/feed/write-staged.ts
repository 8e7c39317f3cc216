/**
 * Writes what is staged into the catalogue, by SQL alone: some hundred products a transaction, each short, because the
 * embedded database serves everybody else in between. What an import that was ended here has written is right already;
 * the next one goes on where it stopped.
 */
import { getDb, type Prisma } from "@/lib/db/client";
import { tableOf } from "../catalogue-view";
import { recordCatalogueWords } from "../catalogue-words";
import { wishPictures } from "../pictures/wish-pictures";
import { type Batch, isInBatch, stagedData, stagedVariants } from "./staged-batch";
import type { StagingRun } from "./staged-rows";
import { upsertVersions, type WrittenVersion } from "./write-versions";

/** Products of one transaction, and variants: a tenth of a second of a server, some of an embedded database. */
const BATCH_PRODUCTS = 250;
const BATCH_VARIANTS = 2_500;

/** Milliseconds. A transaction takes seconds on the embedded database while it is busy. */
const WRITE_TIMES = { maxWait: 20_000, timeout: 60_000 };

export interface ProductChange {
  readonly change: "new" | "changed" | "gone";
  readonly externalId: string;
  readonly title: string;
  /** Of the feed; 0 for what it does not name. */
  readonly line: number;
}

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onWritten: (products: number) => void;
  readonly onChanges?: ((changes: readonly ProductChange[]) => Promise<void>) | undefined;
}

export async function writeStaged(run: StagingRun, options: WriteOptions): Promise<void> {
  let written = 0;
  for (let after = -1; ; ) {
    options.signal?.throwIfAborted();
    const batch = await nextBatch(run, after);
    if (batch === null) break;
    const changes = await getDb().$transaction((tx) => writeBatch(tx, run, batch), WRITE_TIMES);
    after = batch.upTo;
    written += changes.length;
    options.onWritten(written);
    await options.onChanges?.(changes);
  }
  await dropLeftVariants(run, options.signal);
}

async function nextBatch({ runId }: StagingRun, after: number): Promise<Batch | null> {
  const rows = await getDb().$queryRaw<{ seq: number; variants: number }[]>`
    SELECT "seq", jsonb_array_length("data"->'variants') AS variants FROM "StagedProduct"
    WHERE "runId" = ${runId} AND "seq" > ${after} AND "change" IN ('new', 'changed')
    ORDER BY "seq" LIMIT ${BATCH_PRODUCTS}`;
  let upTo: number | null = null;
  let variants = 0;
  for (const row of rows) {
    variants += row.variants;
    if (upTo !== null && variants > BATCH_VARIANTS) break;
    upTo = row.seq;
  }
  return upTo === null ? null : { after, upTo };
}

async function writeBatch(
  tx: Prisma.TransactionClient,
  run: StagingRun,
  batch: Batch,
): Promise<ProductChange[]> {
  await forgetRobbed(tx, run, batch);
  const products = await upsert(tx, run, batch);
  const staged = await tx.$queryRaw<
    (Omit<ProductChange, "title"> & { pictures: string[]; videos: string[] })[]
  >`
    SELECT "externalId", "line", "change", "data"->'pictures' AS pictures, "data"->'videos' AS videos
    FROM "StagedProduct"
    WHERE "runId" = ${run.runId} AND "seq" > ${batch.after} AND "seq" <= ${batch.upTo}
      AND "change" IN ('new', 'changed') ORDER BY "seq"`;
  const byId = new Map(products.map((product) => [product.externalId, product]));
  const known = staged.flatMap((row) => {
    const product = byId.get(row.externalId);
    return product ? [{ ...row, product }] : [];
  });
  const wishes = known
    .filter(({ product }) => product.isOwner)
    .map(({ product, pictures, videos }) => ({ productId: product.id, urls: pictures, videos }));
  await wishPictures(tx, run.shopId, wishes);
  await recordCatalogueWords(run, products, tx);
  return known.map(({ change, externalId, line, product }) => ({
    change,
    externalId,
    line,
    title: product.title,
  }));
}

/**
 * A product of another source that loses a variant to this feed is no longer what its own source last said. Row by row
 * through the index (OFFSET keeps the planner from joining whole tables): nearly always there is none.
 */
async function forgetRobbed(tx: Prisma.TransactionClient, run: StagingRun, batch: Batch) {
  const { runId } = run;
  const { from, id, variants, isOfView, isVariantOfView } = tableOf(run);
  const robbed = await tx.$queryRaw<{ productId: string }[]>`
    SELECT DISTINCT old."productId" FROM "StagedProduct" s
    CROSS JOIN LATERAL jsonb_array_elements(s."data"->'variants') AS named
    CROSS JOIN LATERAL (
      SELECT v."productId" FROM ${variants} v
      WHERE ${isVariantOfView} AND v."externalId" = named->>'externalId' OFFSET 0
    ) old
    WHERE s."runId" = ${runId} AND s."seq" > ${batch.after} AND s."seq" <= ${batch.upTo}
      AND s."change" IN ('new', 'changed') AND old."productId" <> s."productId"`;
  if (robbed.length === 0) return;
  await tx.$executeRaw`
    UPDATE ${from} SET "contentHash" = NULL
    WHERE ${isOfView} AND ${id} = ANY(${robbed.map(({ productId }) => productId)}::text[]) AND NOT EXISTS (
      SELECT 1 FROM "StagedProduct" own WHERE own."runId" = ${runId} AND own."externalId" = p."externalId")`;
}

async function upsert(
  tx: Prisma.TransactionClient,
  run: StagingRun,
  batch: Batch,
): Promise<WrittenVersion[]> {
  if (run.storefront !== null) return upsertVersions(tx, run, run.storefront.storefrontId, batch);
  const products = await upsertProducts(tx, run, batch);
  await upsertVariants(tx, run, batch);
  return products.map((product) => ({ ...product, isOwner: true }));
}

function upsertProducts(tx: Prisma.TransactionClient, run: StagingRun, batch: Batch) {
  return tx.$queryRaw<Omit<WrittenVersion, "isOwner">[]>`
    INSERT INTO "Product" ("id", "shopId", "externalId", "title", "description", "url", "brand", "category", "active",
      "sourceId", "contentHash", "goneAt", "locale", "searchLanguage", "searchTitle", "searchText", "searchBody", "facets",
      "buyable", "inStock", "onSale", "priceFromMinor", "createdAt", "updatedAt")
    SELECT s."productId", s."shopId", s."externalId", d."title", d."description", d."url", d."brand", d."category", true,
      ${run.sourceId}, s."contentHash", NULL, d."locale", d."searchLanguage", d."searchTitle", d."searchText",
      d."searchBody", d."facets", d."buyable", d."inStock", d."onSale", d."priceFromMinor", ${run.now}, ${run.now}
    FROM "StagedProduct" s, ${stagedData}
    WHERE ${isInBatch(run, batch)}
    ORDER BY s."externalId"
    ON CONFLICT ("shopId", "externalId") DO UPDATE SET "title" = excluded."title", "description" = excluded."description",
      "url" = excluded."url", "brand" = excluded."brand", "category" = excluded."category", "active" = true,
      "sourceId" = excluded."sourceId", "contentHash" = excluded."contentHash", "goneAt" = NULL,
      "locale" = excluded."locale", "searchLanguage" = excluded."searchLanguage",
      "searchTitle" = excluded."searchTitle", "searchText" = excluded."searchText",
      "searchBody" = excluded."searchBody", "facets" = excluded."facets", "buyable" = excluded."buyable",
      "inStock" = excluded."inStock", "onSale" = excluded."onSale", "priceFromMinor" = excluded."priceFromMinor",
      "updatedAt" = excluded."updatedAt"
    RETURNING "id", "externalId", "title", "searchTitle", "searchText"`;
}

/** By the shop's id alone: a variant may have moved here from another product, and keeps what we know it by. */
async function upsertVariants(tx: Prisma.TransactionClient, run: StagingRun, batch: Batch) {
  await tx.$executeRaw`
    INSERT INTO "Variant" AS old ("id", "productId", "shopId", "externalId", "title", "color", "size", "currency",
      "priceMinor", "saleMinor", "availability", "stock", "sku", "gtin", "mpn", "position")
    SELECT v."id", p."id", s."shopId", v."externalId", v."title", v."color", v."size", v."currency", v."priceMinor",
      v."saleMinor", v."availability", v."stock", v."sku", v."gtin", v."mpn", v."position"
    FROM "StagedProduct" s
    JOIN "Product" p ON p."shopId" = s."shopId" AND p."externalId" = s."externalId",
    ${stagedVariants}
    WHERE ${isInBatch(run, batch)}
    ON CONFLICT ("shopId", "externalId") DO UPDATE SET "productId" = excluded."productId", "title" = excluded."title",
      "color" = excluded."color", "size" = excluded."size", "currency" = excluded."currency",
      "priceMinor" = excluded."priceMinor", "saleMinor" = excluded."saleMinor",
      "availability" = excluded."availability", "stock" = excluded."stock", "sku" = excluded."sku",
      "gtin" = excluded."gtin", "mpn" = excluded."mpn", "position" = excluded."position"
    WHERE (old."productId", old."title", old."color", old."size", old."currency", old."priceMinor", old."saleMinor",
        old."availability", old."stock", old."sku", old."gtin", old."mpn", old."position")
      IS DISTINCT FROM (excluded."productId", excluded."title", excluded."color", excluded."size", excluded."currency",
        excluded."priceMinor", excluded."saleMinor", excluded."availability", excluded."stock", excluded."sku",
        excluded."gtin", excluded."mpn", excluded."position")`;
}

/** Only when all are written: until then a variant may still move to another product instead of going. */
async function dropLeftVariants(run: StagingRun, signal: AbortSignal | undefined): Promise<void> {
  const { runId } = run;
  const { variants, isVariantOfView } = tableOf(run);
  for (let after = -1; ; ) {
    signal?.throwIfAborted();
    const rows = await getDb().$queryRaw<{ seq: number }[]>`
      SELECT "seq" FROM "StagedProduct" WHERE "runId" = ${runId} AND "seq" > ${after} AND "change" = 'changed'
      ORDER BY "seq" LIMIT ${BATCH_PRODUCTS}`;
    const upTo = rows.at(-1)?.seq;
    if (upTo === undefined) return;
    const left = await getDb().$queryRaw<{ id: string }[]>`
      SELECT v."id" FROM "StagedProduct" s
      CROSS JOIN LATERAL (
        SELECT p."id" FROM "Product" p WHERE p."shopId" = s."shopId" AND p."externalId" = s."externalId" OFFSET 0
      ) p
      CROSS JOIN LATERAL (
        SELECT v."id", v."externalId" FROM ${variants} v WHERE v."productId" = p."id" AND ${isVariantOfView} OFFSET 0
      ) v
      WHERE s."runId" = ${runId} AND s."seq" > ${after} AND s."seq" <= ${upTo} AND s."change" = 'changed'
        AND NOT EXISTS (
          SELECT 1 FROM jsonb_array_elements(s."data"->'variants') AS named
          WHERE named->>'externalId' = v."externalId")`;
    if (left.length > 0)
      await getDb()
        .$executeRaw`DELETE FROM ${variants} WHERE "id" = ANY(${left.map(({ id }) => id)}::text[])`;
    after = upTo;
  }
}
