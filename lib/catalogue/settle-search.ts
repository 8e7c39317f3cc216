import { getDb, Prisma } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";

const own = [Prisma.sql`"Product"`, Prisma.sql`"Variant"`, Prisma.sql`"CatalogueWord"`];
const ofStorefronts = [
  Prisma.sql`"Product"`,
  Prisma.sql`"ProductVersion"`,
  Prisma.sql`"VariantVersion"`,
  Prisma.sql`"StorefrontWord"`,
];

/**
 * After many products were written: what their indexes have put aside is sorted in, and the planner learns what there
 * is. The embedded database does neither by itself. Not inside a transaction.
 */
export async function settleSearch({ storefront }: CatalogueView): Promise<void> {
  const db = getDb();

  await db.$executeRaw`
    SELECT gin_clean_pending_list(i.indexrelid::regclass)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = ${storefront === null ? '"Product"' : '"ProductVersion"'}::regclass AND a.amname = 'gin'`;
  for (const each of storefront === null ? own : ofStorefronts) await db.$executeRaw`ANALYZE ${each}`;
}
