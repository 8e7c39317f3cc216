/**
 * What a source wrote is no longer its. Some hundred rows a statement, because the embedded database serves everybody else
 * in between; each statement is right by itself, and doing it again goes on where a server that stopped left off.
 */
import { getDb, Prisma } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

/** Products of one statement, with the variants that go with them. */
const BATCH_PRODUCTS = 250;

/** What it wrote for storefronts that it is not read for (any more) leaves them. */
export async function leaveElsewhere(shopId: ShopId, sourceId: string, now: Date): Promise<void> {
  const current = Prisma.sql`(SELECT "storefrontId" FROM "CatalogueSource" WHERE "id" = ${sourceId})`;
  const written = Prisma.sql`"shopId" = ${shopId} AND "sourceId" = ${sourceId}`;
  await dropVersions(Prisma.sql`${written} AND "storefrontId" IS DISTINCT FROM ${current}`);
  await retire(Prisma.sql`${written} AND "active" AND ${current} IS NOT NULL`, now);
}

/** @param withProducts it leaves the catalogue; else it stays as it is */
export async function leaveAll(
  shopId: ShopId,
  sourceId: string,
  withProducts: boolean,
  now: Date,
): Promise<void> {
  const written = Prisma.sql`"shopId" = ${shopId} AND "sourceId" = ${sourceId}`;
  // Whatever was read last, of this feed or of another one that names what goes, is not what the catalogue holds.
  await getDb().feedState.deleteMany({ where: { shopId, ...(!withProducts && { sourceId }) } });
  if (withProducts) {
    await dropVersions(written);
    await retire(written, now);
    return;
  }
  await untilNone(
    () => getDb().$executeRaw`
      UPDATE "ProductVersion" SET "sourceId" = NULL, "contentHash" = NULL
      WHERE ("storefrontId", "productId") IN (${someVersions(written)})`,
  );
  await untilNone(
    () => getDb().$executeRaw`
      UPDATE "Product" SET "sourceId" = NULL, "contentHash" = NULL WHERE "id" IN (${someProducts(written)})`,
  );
}

/** @param which of the table `ProductVersion` */
export async function dropVersions(which: Prisma.Sql): Promise<void> {
  await untilNone(
    () => getDb().$executeRaw`
      DELETE FROM "ProductVersion" WHERE ("storefrontId", "productId") IN (${someVersions(which)})`,
  );
}

/** One that was only known by its name was never there to go. */
async function retire(which: Prisma.Sql, now: Date): Promise<void> {
  await untilNone(
    () => getDb().$executeRaw`
      UPDATE "Product" SET "sourceId" = NULL, "active" = false, "contentHash" = NULL,
        "goneAt" = CASE WHEN "active" THEN ${now} ELSE "goneAt" END
      WHERE "id" IN (${someProducts(which)})`,
  );
}

/** Rows that somebody else works on are left to them: two who do the same never wait for each other. */
const someVersions = (which: Prisma.Sql) => Prisma.sql`
  SELECT "storefrontId", "productId" FROM "ProductVersion" WHERE ${which} LIMIT ${BATCH_PRODUCTS} FOR UPDATE SKIP LOCKED`;

const someProducts = (which: Prisma.Sql) => Prisma.sql`
  SELECT "id" FROM "Product" WHERE ${which} LIMIT ${BATCH_PRODUCTS} FOR UPDATE SKIP LOCKED`;

async function untilNone(work: () => Promise<number>): Promise<void> {
  while ((await work()) > 0);
}
