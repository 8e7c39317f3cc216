/** Products that their own source no longer names: they are kept, for the conversations and orders they are in, but not active. */
import { getDb, Prisma } from "@/lib/db/client";
import { tableOf } from "../catalogue-view";
import type { StagingRun } from "./staged-rows";
import type { WriteOptions } from "./write-staged";

/** Products of one statement. */
const BATCH_PRODUCTS = 1_000;

/** By the index, product after product: OFFSET keeps the planner from comparing all with all where it expects few. */
const unnamed = (run: StagingRun) => Prisma.sql`
  ${tableOf(run).isOfView} AND p."sourceId" = ${run.sourceId} AND p."active" AND NOT EXISTS (
    SELECT 1 FROM "StagedProduct" s WHERE s."runId" = ${run.runId} AND s."externalId" = p."externalId" OFFSET 0)`;

/** How many active products the source has, and how many of them would go. */
export async function countGone(
  run: StagingRun,
): Promise<{ readonly active: number; readonly gone: number }> {
  const { from, isOfView } = tableOf(run);
  const [all] = await getDb().$queryRaw<{ active: number }[]>`
    SELECT count(*)::int AS active FROM ${from}
    WHERE ${isOfView} AND p."sourceId" = ${run.sourceId} AND p."active"`;
  const [row] = await getDb().$queryRaw<{ gone: number }[]>`
    SELECT count(*)::int AS gone FROM ${from} WHERE ${unnamed(run)}`;
  return { active: all?.active ?? 0, gone: row?.gone ?? 0 };
}

/** @returns how many went */
export async function retireGone(run: StagingRun, { signal, onChanges }: WriteOptions): Promise<number> {
  const { from, id, isOfView } = tableOf(run);
  let gone = 0;
  for (;;) {
    signal?.throwIfAborted();
    const rows = await getDb().$queryRaw<{ externalId: string; title: string }[]>`
      UPDATE ${from} SET "active" = false, "goneAt" = ${run.now}, "updatedAt" = ${run.now}
      WHERE ${isOfView} AND ${id} IN (SELECT ${id} FROM ${from} WHERE ${unnamed(run)} LIMIT ${BATCH_PRODUCTS})
      RETURNING p."externalId", p."title"`;
    if (rows.length === 0) return gone;
    gone += rows.length;
    await onChanges?.(rows.map((row) => ({ change: "gone" as const, line: 0, ...row })));
  }
}
