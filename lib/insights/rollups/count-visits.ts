/**
 * Keeps visits, and how many of a day are of visitors who came once. The counts are of rows, so whoever changes a row changes its
 * count in the same transaction, and while she holds the shop's roll-ups: nobody else does meanwhile.
 */
import * as z from "zod/mini";
import type { Prisma } from "@/lib/db/client";
import {
  countVisitsSql,
  forgetWhoseSql,
  settleVisitsSql,
  tallyVisitsSql,
  touchedVisitorsSql,
} from "./visits-sql";

interface TouchedVisits {
  readonly shopId: string;
  readonly timeZone: string;
  /** Visits to be counted again, visitors and conversations of whom something changed: JSON as the statements want it. */
  readonly visits: string;
  readonly visitors: string;
  readonly conversations: string;
}

const idsSchema = z.array(z.object({ id: z.string() }));

/** For whoever holds the shop's roll-ups. */
export async function countVisits(tx: Prisma.TransactionClient, touched: TouchedVisits): Promise<void> {
  const { shopId, timeZone, visits, visitors, conversations } = touched;
  const ids = idsSchema
    .parse(await tx.$queryRawUnsafe(touchedVisitorsSql, shopId, visitors, conversations))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.$executeRawUnsafe(tallyVisitsSql, shopId, -1, ids);
  await tx.$executeRawUnsafe(countVisitsSql, shopId, timeZone, visits);
  await tx.$executeRawUnsafe(settleVisitsSql, shopId, timeZone, ids);
  await tx.$executeRawUnsafe(tallyVisitsSql, shopId, 1, ids);
}

/**
 * Each visit of these visitors becomes somebody's of that day alone, without device, language, conversation or order.
 * @param salt of the names, which nobody can reckon again without it
 */
export async function forgetWhoseVisits(
  tx: Prisma.TransactionClient,
  shopId: string,
  ids: readonly string[],
  salt: string,
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "RollupState" WHERE "shopId" = ${shopId} FOR UPDATE`;
  await tx.$executeRawUnsafe(tallyVisitsSql, shopId, -1, ids);
  await tx.$executeRawUnsafe(forgetWhoseSql, shopId, salt, ids);
}
