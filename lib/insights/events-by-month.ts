/**
 * The parts of the event table, one a month of UTC: made before they are needed, so that a question about thirty days reads
 * two of them, and a month that need not be kept is thinned as a whole. What lies in no part of its own lies in the common
 * one and counts all the same; it is moved when its month gets a part.
 */
import * as z from "zod/mini";
import { getDb, type Prisma } from "@/lib/db/client";

/** Months after this one that have a part: a server that stands still for two loses nothing but speed. */
const MONTHS_AHEAD = 2;
/** Orders processes that make parts at the same time; any number, so long as all use the same. */
const PARTS_LOCK = 8_347_222;
/** A month that is moved may hold millions of events. Milliseconds. */
const MOVED_WITHIN_MS = 1_800_000;

const monthsSchema = z.array(z.object({ month: z.date() }));
const partsSchema = z.array(z.object({ name: z.string(), bounds: z.string() }));

/** The first moment of the month `ahead` of that of `at`. */
export function monthOf(at: Date, ahead = 0): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1));
}

/** "Event_2026_11" */
function partOf(month: Date): string {
  return `Event_${month.toISOString().slice(0, 7).replace("-", "_")}`;
}

/** Gives a part to this month, those to come, and every one of which the common part holds something. */
export async function openMonths(now: Date): Promise<void> {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) await openMonth(monthOf(now, ahead));
  const left = monthsSchema.parse(
    await getDb()
      .$queryRaw`SELECT DISTINCT date_trunc('month', "occurredAt", 'UTC') AS "month" FROM "Event_default" ORDER BY 1`,
  );
  for (const { month } of left) await openMonth(month);
}

async function openMonth(month: Date): Promise<void> {
  const part = partOf(month);
  const [from, to] = [month.toISOString(), monthOf(month, 1).toISOString()];
  await alone(async (tx) => {
    const there = await tx.$queryRaw<{ there: boolean }[]>`
      SELECT to_regclass(${`"${part}"`}) IS NOT NULL AS "there"`;
    if (there[0]?.there) return;
    await tx.$executeRawUnsafe(`CREATE TABLE "${part}" (LIKE "Event" INCLUDING DEFAULTS)`);
    // Who writes into the common part waits; who reads does not, until the part is hung in.
    await tx.$executeRaw`LOCK TABLE "Event_default" IN EXCLUSIVE MODE`;
    await tx.$executeRawUnsafe(
      `WITH moved AS (DELETE FROM "Event_default"
         WHERE "occurredAt" >= $1::timestamptz AND "occurredAt" < $2::timestamptz RETURNING *)
       INSERT INTO "${part}" SELECT * FROM moved`,
      from,
      to,
    );
    await tx.$executeRawUnsafe(
      `ALTER TABLE "Event" ATTACH PARTITION "${part}" FOR VALUES FROM ('${from}') TO ('${to}')`,
    );
  });
}

/**
 * Forgets what pages told in whole months: of those that ended `months` months ago or earlier only what the server saw itself
 * is kept. That is little, and without it a past month's orders would be credited otherwise than they were. Roll-ups keep
 * their figures.
 */
export async function thinMonths(now: Date, months: number): Promise<void> {
  const kept = monthOf(now, -months);
  const parts = partsSchema.parse(
    await getDb().$queryRaw`
      SELECT c.relname::text AS "name", pg_get_expr(c.relpartbound, c.oid) AS "bounds"
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = '"Event"'::regclass AND c.relname ~ '^Event_[0-9]{4}_[0-9]{2}$' AND c.relname < ${partOf(kept)}
      ORDER BY 1`,
  );
  for (const part of parts) await alone((tx) => thin(tx, part));
  await getDb()
    .$executeRaw`DELETE FROM "Event_default" WHERE "occurredAt" < ${kept} AND "source" = 'browser'`;
}

/** Writing the little that stays into a new part is quicker than deleting the rest, and gives the disk back at once. */
async function thin(tx: Prisma.TransactionClient, { name, bounds }: z.infer<typeof partsSchema>[number]) {
  const told = await tx.$queryRawUnsafe<{ told: boolean }[]>(
    `SELECT EXISTS (SELECT 1 FROM "${name}" WHERE "source" = 'browser') AS "told"`,
  );
  if (!told[0]?.told) return;
  await tx.$executeRawUnsafe(`LOCK TABLE "${name}" IN EXCLUSIVE MODE`);
  await tx.$executeRawUnsafe(`CREATE TABLE "${name}_kept" (LIKE "Event" INCLUDING DEFAULTS)`);
  const count = await tx.$executeRawUnsafe(
    `INSERT INTO "${name}_kept" SELECT * FROM "${name}" WHERE "source" <> 'browser'`,
  );
  await tx.$executeRawUnsafe(`DROP TABLE "${name}"`);
  if (count === 0) {
    await tx.$executeRawUnsafe(`DROP TABLE "${name}_kept"`);
    return;
  }
  await tx.$executeRawUnsafe(`ALTER TABLE "${name}_kept" RENAME TO "${name}"`);
  await tx.$executeRawUnsafe(`ALTER TABLE "Event" ATTACH PARTITION "${name}" ${bounds}`);
}

async function alone(use: (tx: Prisma.TransactionClient) => Promise<void>): Promise<void> {
  await getDb().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PARTS_LOCK})`;
      await use(tx);
    },
    { timeout: MOVED_WITHIN_MS },
  );
}
