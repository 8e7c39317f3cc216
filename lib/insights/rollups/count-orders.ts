/** Keeps after which conversation orders came, and what is credited for their lines: order by order as a whole. */
import * as z from "zod/mini";
import type { Prisma } from "@/lib/db/client";
import { countCreditsSql, countOrdersSql, forgetCreditsSql, touchedOrdersSql } from "./credits-sql";

interface TouchingOrders {
  readonly shopId: string;
  /** JSON as the statement wants it. */
  readonly conversations: string;
  readonly joined: string;
  /** Of when orders changed, its end included. */
  readonly after: Date;
  readonly until: Date;
}

const idsSchema = z.array(z.object({ id: z.string() }));

/** Ids of the orders that may be credited otherwise than before. */
export async function findTouchedOrders(
  tx: Prisma.TransactionClient,
  { shopId, conversations, joined, after, until }: TouchingOrders,
): Promise<string[]> {
  const span = [after, until].map((moment) => moment.toISOString());
  const rows = await tx.$queryRawUnsafe(touchedOrdersSql, shopId, conversations, joined, ...span);
  return idsSchema.parse(rows).map(({ id }) => id);
}

/** After conversations: what an order is credited to is read from them. */
export async function countOrders(
  tx: Prisma.TransactionClient,
  {
    shopId,
    timeZone,
    ids,
  }: { readonly shopId: string; readonly timeZone: string; readonly ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  // As a report of the order locks it: its lines go with their credits, and those here come back to lines that must stay.
  await tx.$queryRaw`SELECT "id" FROM "Order" WHERE "id" = ANY(${ids}) ORDER BY "id" FOR KEY SHARE`;
  await tx.$executeRawUnsafe(countOrdersSql, shopId, ids, timeZone);
  await tx.$executeRawUnsafe(forgetCreditsSql, shopId, ids);
  await tx.$executeRawUnsafe(countCreditsSql, shopId, ids);
}
