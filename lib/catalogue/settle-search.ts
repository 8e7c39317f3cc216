import { getDb } from "@/lib/db/client";

/**
 * After many products were written: what their indexes have put aside is sorted in, and the planner learns what there
 * is. The embedded database does neither by itself. Not inside a transaction.
 */
export async function settleSearch(): Promise<void> {
  const db = getDb();
  await db.$executeRaw`
    SELECT gin_clean_pending_list(i.indexrelid::regclass)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = '"Product"'::regclass AND a.amname = 'gin'`;
  await db.$executeRaw`ANALYZE "Product"`;
  await db.$executeRaw`ANALYZE "Variant"`;
  await db.$executeRaw`ANALYZE "CatalogueWord"`;
}
