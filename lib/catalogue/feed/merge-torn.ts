/** Products whose rows stand apart in a feed were staged in parts: here they become one each. */
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { availabilities } from "../write-product";
import { MAX_VARIANTS } from "./collect-products";
import { type FeedProduct, mergeParts } from "./group-rows";
import { type Problems, reasonWithNumber } from "./problems";
import { type Staged, type StagingRun, stageProducts } from "./staged-rows";

/** Products merged at once. */
const PAGE_PRODUCTS = 20;
/** Parts of one product: a feed in the order of its sizes has some dozens, and more would only fill the memory. */
const MAX_PARTS = 500;

const stagedProductSchema = z.object({
  externalId: z.string(),
  title: z.string(),
  description: z.string(),
  url: z.string(),
  brand: z.string(),
  category: z.string(),
  locale: z.string(),
  variants: z.array(
    z.object({
      externalId: z.string(),
      title: z.string(),
      color: z.string(),
      size: z.string(),
      currency: z.string(),
      priceMinor: z.number(),
      saleMinor: z.number().nullable(),
      availability: z.enum(availabilities),
      stock: z.number().nullable(),
      sku: z.string(),
      gtin: z.string(),
      mpn: z.string(),
    }),
  ),
  pictures: z.array(z.string()),
  mains: z.number(),
  videos: z.array(z.string()),
});

/** Whether a part was left out because it looked like a whole product that is stored already: then all must be read again. */
export async function lacksParts({ runId }: StagingRun): Promise<boolean> {
  const rows = await getDb().$queryRaw<unknown[]>`
    SELECT 1 FROM "StagedProduct" WHERE "runId" = ${runId}
    GROUP BY "externalId" HAVING count(*) > 1 AND bool_or("data" IS NULL) LIMIT 1`;
  return rows.length > 0;
}

/** @returns how many staged rows there are fewer, and variants */
export async function mergeTorn(
  run: StagingRun,
  problems: Problems,
  signal: AbortSignal | undefined,
): Promise<{ readonly rows: number; readonly variants: number }> {
  const gone = { rows: 0, variants: 0 };
  let after = "";
  for (;;) {
    signal?.throwIfAborted();
    // In the index's order, so that no page reads what another has read.
    const torn = await getDb().$queryRaw<{ externalId: string }[]>`
      SELECT "externalId" FROM "StagedProduct" WHERE "runId" = ${run.runId} AND "externalId" > ${after}
      GROUP BY "externalId" HAVING count(*) > 1 ORDER BY "externalId" LIMIT ${PAGE_PRODUCTS}`;
    const last = torn.at(-1);
    if (!last) return gone;
    after = last.externalId;
    const merged = await mergePage(
      run,
      torn.map(({ externalId }) => externalId),
      problems,
    );
    gone.rows += merged.rows;
    gone.variants += merged.variants;
  }
}

async function mergePage(run: StagingRun, externalIds: string[], problems: Problems) {
  const where = { runId: run.runId, externalId: { in: externalIds } };
  const rows = await getDb().$queryRaw<PartRow[]>`
    SELECT "seq", "line", "data", "parts" FROM (
      SELECT "seq", "line", "data", count(*) OVER (PARTITION BY "externalId")::int AS "parts",
        row_number() OVER (PARTITION BY "externalId" ORDER BY "seq") AS place
      FROM "StagedProduct" WHERE "runId" = ${run.runId} AND "externalId" = ANY(${externalIds})
    ) part WHERE place <= ${MAX_PARTS} ORDER BY "seq"`;
  const groups = new Map<string, [Staged, ...Staged[]]>();
  const torn = new Set<string>();
  for (const { seq, line, data, parts } of rows) {
    const part = { seq, line, product: stagedProductSchema.parse(data) satisfies FeedProduct };
    const group = groups.get(part.product.externalId);
    if (group) group.push(part);
    else groups.set(part.product.externalId, [part]);
    if (parts > MAX_PARTS) torn.add(part.product.externalId);
  }
  let variants = 0;
  const whole = [...groups.values()].map(([first, ...others]) => {
    const parts = [first.product, ...others.map(({ product }) => product)] as const;
    const { product, tooMany } = mergeParts(parts, MAX_VARIANTS);
    if (tooMany > 0 || torn.has(product.externalId)) {
      problems.reject(first.line, product.externalId, reasonWithNumber("too_many_variants", MAX_VARIANTS));
    }
    variants += tooMany;
    return { seq: first.seq, line: first.line, product };
  });
  const { count } = await getDb().stagedProduct.deleteMany({ where });
  await stageProducts(run, whole);
  return { rows: count - whole.length, variants };
}

interface PartRow {
  readonly seq: number;
  readonly line: number;
  readonly data: unknown;
  /** Of the product, all there are. */
  readonly parts: number;
}

/** Products of which the feed names nothing that can be bought. @returns how many */
export async function dropBare({ runId }: StagingRun, problems: Problems): Promise<number> {
  const rows = await getDb().$queryRaw<{ line: number; externalId: string }[]>`
    DELETE FROM "StagedProduct" WHERE "runId" = ${runId} AND "change" = 'part' RETURNING "line", "externalId"`;
  for (const { line, externalId } of rows.sort((a, b) => a.line - b.line))
    problems.reject(line, externalId, "no_variants");
  return rows.length;
}
