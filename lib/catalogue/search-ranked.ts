/**
 * The products that have a query's words, best first, in one statement. What is ranked is bounded: words that thousands
 * of titles have leave thousands of equally good finds, of which nobody sees more than the first ones. So each level is
 * looked at only while the ones above it do not fill the page.
 */
import { getDb, Prisma } from "@/lib/db/client";
import type { SearchFilters, SearchSort } from "@/lib/protocol/catalogue-search";
import { type CatalogueView, tableOf } from "./catalogue-view";
import { type Depth, matching } from "./search-conditions";
import type { QueryWord } from "./search-query";

/** Finds of one level that are ranked; above what the last page that can be asked for needs. */
const MAX_RANKED = 2_100;
/** Counted no further than this: nobody looks through as many. */
export const MAX_TOTAL = 2_000;

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface Found {
  /** One more than the page holds, when there are more. */
  readonly ids: readonly string[];
  /** At most `MAX_TOTAL`. */
  readonly total: number;
  /** How far the words were looked for. */
  readonly depth: Depth;
  /** The products that were looked at; left out for all of the view. */
  readonly among?: readonly string[];
}

/**
 * The planner knows too little of how many products have a part of a word, and compiling a statement takes longer than
 * running it: so it is told to use the indexes, and for words those of words. For one transaction.
 */
export function preferIndexes(words: readonly QueryWord[]) {
  return getDb().$executeRaw`
    SELECT set_config('enable_seqscan', 'off', true), set_config('random_page_cost', '1.1', true),
      set_config('jit', 'off', true), set_config('enable_indexscan', ${words.length > 0 ? "off" : "on"}, true)`;
}

export async function findBest(
  view: CatalogueView,
  words: readonly QueryWord[],
  filters: SearchFilters,
  page: Page,
): Promise<Found> {
  const { from, id } = tableOf(view);
  const needed = page.offset + page.limit + 1;
  const level = (depth: Depth, rank: Prisma.Sql, condition = Prisma.sql`TRUE`) => Prisma.sql`
    SELECT ${id} AS "id", p."searchTitle", p."inStock", ${rank} AS rank FROM ${from}
    WHERE ${condition} AND ${matching(view, words, filters, depth)} LIMIT ${MAX_RANKED}`;
  const [, rows, counts] = await getDb().$transaction([
    preferIndexes(words),
    getDb().$queryRaw<{ id: string }[]>`
      WITH numbers AS MATERIALIZED (${level("numbers", Prisma.sql`0`)}),
      titles AS MATERIALIZED (${level("title", titleRank(words))}),
      kinds AS MATERIALIZED (
        ${level("kinds", Prisma.sql`6`, Prisma.sql`(SELECT count(*) FROM titles) < ${needed}`)}
      ),
      descriptions AS MATERIALIZED (
        ${level(
          "description",
          Prisma.sql`7`,
          Prisma.sql`(SELECT count(*) FROM titles) < ${needed} AND (SELECT count(*) FROM kinds) < ${needed}`,
        )}
      )
      SELECT "id" FROM (
        SELECT * FROM numbers UNION ALL SELECT * FROM titles
        UNION ALL SELECT * FROM kinds UNION ALL SELECT * FROM descriptions
      ) found
      GROUP BY "id", "searchTitle", "inStock"
      ORDER BY min(rank), "inStock" DESC, "searchTitle", "id"
      LIMIT ${page.limit + 1} OFFSET ${page.offset}`,
    countUpTo(view, matching(view, words, filters)),
  ]);
  return { ids: rows.map(({ id }) => id), total: counts[0]?.total ?? 0, depth: "description" };
}

/** 1 the title, 2 its beginning, 3 words of it as they follow each other, 4 every word in it, 5 all but small words. */
function titleRank(words: readonly QueryWord[]): Prisma.Sql {
  const phrase = words.map(({ text, meant }) => meant[0]?.text ?? text).join(" ");
  const every = words.map((word) => {
    const all = [word, ...word.meant];
    const stems = [...new Set(all.flatMap(({ stems }) => stems))].map((stem) => `'${stem}'`).join(" | ");
    const parts = all.map(({ text }) => Prisma.sql`strpos(p."searchTitle", ${text}::text) > 0`);
    return Prisma.sql`(${Prisma.join(parts, " OR ")} OR p."titleVector" @@ ${stems}::tsquery)`;
  });
  return Prisma.sql`CASE
    WHEN p."searchTitle" = ${phrase}::text THEN 1
    WHEN starts_with(p."searchTitle", ${phrase}::text) THEN 2
    WHEN strpos(p."searchTitle", ${` ${phrase}`}::text) > 0 THEN 3
    WHEN ${Prisma.join(every, " AND ")} THEN 4
    ELSE 5 END`;
}

/**
 * By price or age all finds count, and those whose description alone has the words only when there are no others: a
 * cheap case for a dress is no cheap dress.
 */
export async function findSorted(
  view: CatalogueView,
  words: readonly QueryWord[],
  filters: SearchFilters,
  page: Page,
  sort: Exclude<SearchSort, "best">,
): Promise<Found> {
  const { from, id } = tableOf(view);
  const order = orderBy(sort, id);
  for (const depth of ["kinds", "description"] as const) {
    const fits = Prisma.sql`${matching(view, words, filters, depth)} ${order.only}`;
    const [, rows, counts] = await getDb().$transaction([
      preferIndexes(words),
      getDb().$queryRaw<{ id: string }[]>`
        SELECT ${id} AS "id" FROM ${from} WHERE ${fits}
        ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`,
      countUpTo(view, fits),
    ]);
    const total = counts[0]?.total ?? 0;
    if (total > 0) return { ids: rows.map(({ id }) => id), total, depth };
  }
  return { ids: [], total: 0, depth: "description" };
}

/** What has no words is listed: without a price there is no place in the order of prices. */
export async function listAll(
  view: CatalogueView,
  filters: SearchFilters,
  page: Page,
  sort: SearchSort,
): Promise<Found> {
  const { from, id } = tableOf(view);
  const order = orderBy(sort, id);
  const fits = Prisma.sql`${matching(view, [], filters)} ${order.only}`;
  const [, rows, counts] = await getDb().$transaction([
    preferIndexes([]),
    getDb().$queryRaw<{ id: string }[]>`
      SELECT ${id} AS "id" FROM ${from} WHERE ${fits}
      ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`,
    countUpTo(view, fits),
  ]);
  return { ids: rows.map(({ id }) => id), total: counts[0]?.total ?? 0, depth: "description" };
}

/** Of these products those that the view has and that pass the filters: "best" is the order in which they are given. */
export async function listAmong(
  view: CatalogueView,
  among: readonly string[],
  { filters, page, sort }: { filters: SearchFilters; page: Page; sort: SearchSort },
): Promise<Found> {
  const { from, id } = tableOf(view);
  const order = orderBy(sort, id);
  const fits = Prisma.sql`${matching(view, [], filters)} ${order.only} ${isAmong(id, among)}`;
  const by = sort === "best" ? Prisma.sql`array_position(${[...among]}::text[], ${id})` : order.by;
  const [rows, counts] = await getDb().$transaction([
    getDb().$queryRaw<{ id: string }[]>`
      SELECT ${id} AS "id" FROM ${from} WHERE ${fits} ORDER BY ${by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`,
    countUpTo(view, fits),
  ]);
  return { ids: rows.map(({ id }) => id), total: counts[0]?.total ?? 0, depth: "description", among };
}

/** @param id the product's, of a view's table */
export const isAmong = (id: Prisma.Sql, among: readonly string[]) =>
  Prisma.sql`AND ${id} = ANY(${[...among]}::text[])`;

/** How many fit, up to `MAX_TOTAL`. */
function countUpTo(view: CatalogueView, fits: Prisma.Sql) {
  return getDb().$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM (SELECT 1 FROM ${tableOf(view).from} WHERE ${fits} LIMIT ${MAX_TOTAL}) few`;
}

const priced = Prisma.sql`AND p."priceFromMinor" IS NOT NULL`;

interface Order {
  readonly by: Prisma.Sql;
  readonly only: Prisma.Sql;
}

/** @param id the product's, which decides between equals */
function orderBy(sort: SearchSort, id: Prisma.Sql): Order {
  switch (sort) {
    case "best":
      return { by: Prisma.sql`p."searchTitle", ${id}`, only: Prisma.empty };
    case "price-up":
      return { by: Prisma.sql`p."priceFromMinor", ${id}`, only: priced };
    case "price-down":
      return { by: Prisma.sql`p."priceFromMinor" DESC, ${id} DESC`, only: priced };
    case "newest":
      return { by: Prisma.sql`p."createdAt" DESC, ${id} DESC`, only: Prisma.empty };
  }
}
