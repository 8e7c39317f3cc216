/** Products that their own source no longer names: they are kept, for the conversations and orders they are in, but not active. */
import { getDb, Prisma } from "@/lib/db/client";
import type { StagingRun } from "./staged-rows";
import type { WriteOptions } from "./write-staged";

/** Products of one statement. */
const BATCH_PRODUCTS = 1_000;

/** By the index, product after product: OFFSET keeps the planner from comparing all with all where it expects few. */
const unnamed = ({ runId, shopId, sourceId }: StagingRun) => Prisma.sql`
  p."shopId" = ${shopId} AND p."sourceId" = ${sourceId} AND p."active" AND NOT EXISTS (
    SELECT 1 FROM "StagedProduct" s WHERE s."runId" = ${runId} AND s."externalId" = p."externalId" OFFSET 0)`;

/** How many active products the source has, and how many of them would go. */
export async function countGone(
  run: StagingRun,
): Promise<{ readonly active: number; readonly gone: number }> {
  const active = await getDb().product.count({
    where: { shopId: run.shopId, sourceId: run.sourceId, active: true },
  });
  const [row] = await getDb().$queryRaw<{ gone: bigint }[]>`
    SELECT count(*) AS gone FROM "Product" p WHERE ${unnamed(run)}`;
  return { active, gone: Number(row?.gone ?? 0) };
}

/** @returns how many went */
export async function retireGone(run: StagingRun, { signal, onChanges }: WriteOptions): Promise<number> {
  let gone = 0;
  for (;;) {
    signal?.throwIfAborted();
    const rows = await getDb().$queryRaw<{ externalId: string; title: string }[]>`
      UPDATE "Product" SET "active" = false, "goneAt" = ${run.now}, "updatedAt" = ${run.now}
      WHERE "id" IN (SELECT p."id" FROM "Product" p WHERE ${unnamed(run)} LIMIT ${BATCH_PRODUCTS})
      RETURNING "externalId", "title"`;
    if (rows.length === 0) return gone;
    gone += rows.length;
    await onChanges?.(rows.map((row) => ({ change: "gone" as const, line: 0, ...row })));
  }
}
