/** Products whose rows stand apart in a feed were staged in parts: here they become one each. */
import { z } from "zod";
import { getDb } from "@/lib/db/client";
import { availabilities } from "../write-product";
import { MAX_VARIANTS } from "./collect-products";
import { type FeedProduct, mergeParts } from "./group-rows";
import { type Problems, reasonWithNumber } from "./problems";
import { type Staged, type StagingRun, stageProducts } from "./staged-rows";

/** Products merged at once. */
const PAGE_PRODUCTS = 100;

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
  const rows = await getDb().stagedProduct.findMany({ where, orderBy: { seq: "asc" } });
  const groups = new Map<string, [Staged, ...Staged[]]>();
  for (const { seq, line, data } of rows) {
    const part = { seq, line, product: stagedProductSchema.parse(data) satisfies FeedProduct };
    const group = groups.get(part.product.externalId);
    if (group) group.push(part);
    else groups.set(part.product.externalId, [part]);
  }
  let variants = 0;
  const whole = [...groups.values()].map(([first, ...others]) => {
    const parts = [first.product, ...others.map(({ product }) => product)] as const;
    const { product, tooMany } = mergeParts(parts, MAX_VARIANTS);
    if (tooMany > 0) {
      problems.reject(first.line, product.externalId, reasonWithNumber("too_many_variants", MAX_VARIANTS));
    }
    variants += tooMany;
    return { seq: first.seq, line: first.line, product };
  });
  await getDb().stagedProduct.deleteMany({ where });
  await stageProducts(run, whole);
  return { rows: rows.length - whole.length, variants };
}

/** Products of which the feed names nothing that can be bought. @returns how many */
export async function dropBare({ runId }: StagingRun, problems: Problems): Promise<number> {
  const rows = await getDb().$queryRaw<{ line: number; externalId: string }[]>`
    DELETE FROM "StagedProduct" WHERE "runId" = ${runId} AND "change" = 'part' RETURNING "line", "externalId"`;
  for (const { line, externalId } of rows.sort((a, b) => a.line - b.line))
    problems.reject(line, externalId, "no_variants");
  return rows.length;
}
