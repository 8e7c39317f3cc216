/**
 * A page of a list, by how many rows come before it. One that would begin behind the list's end is the first: addresses are
 * kept and shared, and what they list may have become less.
 */
export async function loadListPage<Page extends { readonly rows: readonly unknown[] }>(
  offset: number,
  load: (offset: number) => Promise<Page>,
): Promise<Page & { readonly offset: number }> {
  const page = await load(offset);
  if (page.rows.length > 0 || offset === 0) return { ...page, offset };
  return { ...(await load(0)), offset: 0 };
}

/** Rows before the wanted page, as an address says it; a made-up number shows the first page. */
export function parseOffset(after: string | undefined): number {
  return after !== undefined && /^\d{1,6}$/.test(after) ? Number(after) : 0;
}

/** As many as a list has: the largest number of PostgreSQL's limit that we send. */
export const ALL_ROWS = 2_147_483_647;
