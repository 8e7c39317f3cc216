import { getDb } from "@/lib/db/client";

/**
 * After many products were written: what their indexes have put aside is sorted in, and the planner learns what there
 * is. The embedded database does neither by itself. Not inside a transaction.
 */
export async function settleSearch(): Promise<void> {
  const db = getDb();
  for (const index of ["Product_searchText_trgm", "Product_searchVector_idx", "Product_facets_idx"]) {
    await db.$executeRaw`SELECT gin_clean_pending_list(${`"${index}"`}::regclass)`;
  }
  await db.$executeRaw`ANALYZE "Product"`;
  await db.$executeRaw`ANALYZE "Variant"`;
  await db.$executeRaw`ANALYZE "CatalogueWord"`;
}
