/**
 * Rows of the table in which an import waits until all of its feed was read. What is stored already in just this form, by
 * a hash of all that was said, is staged by its name only.
 */
import { createHash } from "node:crypto";
import { getDb, Prisma, runStatement } from "@/lib/db/client";
import { newRowId } from "@/lib/db/row-id";
import { type CatalogueView, tableOf } from "../catalogue-view";
import { searchColumnsOf, searchLanguage } from "../search-columns";
import type { CollectedPart } from "./collect-products";
import type { FeedProduct } from "./group-rows";
import { READING_VERSION } from "./reading-version";

/** Whose import, which run of it, and what the rows are staged for: as a view, the storefront that is written. */
export interface StagingRun extends CatalogueView {
  readonly runId: string;
  readonly sourceId: string;
  /** BCP 47, of the storefront. */
  readonly shopLocale: string;
  readonly now: Date;
}

/** new | changed | same; part: nothing that can be bought, unless other rows of the feed add it. */
type Change = "new" | "changed" | "same" | "part";

export interface Staged extends CollectedPart {
  readonly seq: number;
}

/** One statement asks which of them are known, one stores them. @param allData also of those that are stored already */
export async function stageProducts(
  run: StagingRun,
  parts: readonly Staged[],
  allData = false,
): Promise<void> {
  if (parts.length === 0) return;
  const hashed = parts.map((part) => ({ ...part, hash: hashOf(run, part.product) }));
  const known = await findKnown(run, hashed);
  const rows = hashed.map(({ seq, line, product, hash }) => {
    const stored = known.get(product.externalId);
    const change: Change = stored?.same ? "same" : stored?.known ? "changed" : "new";
    const bare = product.variants.length === 0;
    return {
      seq,
      externalId: product.externalId,
      line,
      productId: stored?.id ?? newRowId(run.now),
      change: bare ? "part" : change,
      contentHash: hash,
      ...((change !== "same" || bare || allData) && { data: rowData(run, product) }),
    };
  });
  await runStatement(STAGE, [run.runId, run.shopId, JSON.stringify(rows)]);
}

const STAGE = `
  INSERT INTO "StagedProduct"
    ("runId", "seq", "shopId", "externalId", "line", "productId", "change", "contentHash", "data")
  SELECT $1, "row"."seq", $2, "row"."externalId", "row"."line", "row"."productId", "row"."change", "row"."contentHash",
    "row"."data"
  FROM jsonb_to_recordset($3::jsonb) AS "row" ("seq" int, "externalId" text, "line" int, "productId" text, "change" text,
    "contentHash" text, "data" jsonb)`;

async function findKnown(
  run: StagingRun,
  parts: readonly { readonly product: FeedProduct; readonly hash: string }[],
) {
  const { from, id, variants, isOfView, isVariantOfView } = tableOf(run);
  // A product that another storefront has is new here, under the id that it has; the shop's own has it by its name only,
  // without variants that could be left.
  const elsewhere =
    run.storefront === null
      ? Prisma.empty
      : Prisma.sql`
    UNION ALL
    SELECT other."id", other."externalId", false, false FROM unnest(${parts.map(({ product }) => product.externalId)}::text[]) AS named(id)
    JOIN "Product" other ON other."shopId" = ${run.shopId} AND other."externalId" = named.id
    WHERE NOT EXISTS (SELECT 1 FROM ${from} WHERE ${isOfView} AND ${id} = other."id")`;
  const rows = await getDb().$queryRaw<{ id: string; externalId: string; known: boolean; same: boolean }[]>`
    SELECT ${id} AS "id", p."externalId",
      p."active" OR p."goneAt" IS NOT NULL OR p."contentHash" IS NOT NULL
        OR EXISTS (SELECT 1 FROM ${variants} v WHERE v."productId" = ${id} AND ${isVariantOfView}) AS known,
      coalesce(p."contentHash" = named.hash AND p."active" AND p."sourceId" = ${run.sourceId}, false) AS same
    FROM unnest(${parts.map(({ product }) => product.externalId)}::text[],
      ${parts.map(({ hash }) => hash)}::text[]) AS named(id, hash)
    JOIN ${from} ON ${isOfView} AND p."externalId" = named.id ${elsewhere}`;
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Of everything that decides what is stored: half of a SHA-256 tells products apart for good. */
function hashOf({ shopLocale }: StagingRun, product: FeedProduct): string {
  const all = JSON.stringify([READING_VERSION, shopLocale, product]);
  return createHash("sha256").update(all).digest("base64url").slice(0, 22);
}

/** What is written later by SQL alone: with the rows' ids, and with what search derives. */
function rowData({ shopLocale, now }: StagingRun, product: FeedProduct) {
  return {
    ...product,
    ...searchColumnsOf(product, searchLanguage(product.locale, shopLocale)),
    variants: product.variants.map((variant, position) => ({ id: newRowId(now), position, ...variant })),
  };
}
