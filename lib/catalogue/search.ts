/**
 * Catalogue search for agents: every word must be found, article numbers first, then titles. When nothing has all the
 * words as typed, words one mistake away count, too. The same SQL on PostgreSQL and on the embedded database (pg_trgm).
 */
import { getDb, Prisma } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { type ProductRow, productRow } from "./product-row";
import { foldText } from "./search-text";
import { typoPattern } from "./typo-pattern";

/** Words of a query that are looked at; nobody types more into a search field. */
const MAX_WORDS = 8;
/** Characters of a query that are looked at. */
const MAX_QUERY_CHARS = 100;
/** Below this many letters a word is looked for at the beginnings of words only. */
const MIN_INSIDE_CHARS = 3;

export interface SearchPage {
  /** Best first. */
  readonly products: readonly ProductRow[];
  readonly hasMore: boolean;
}

/** An empty query lists the whole catalogue by title. */
export async function searchProducts(
  shopId: ShopId,
  query: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<SearchPage> {
  const words = foldText(query.slice(0, MAX_QUERY_CHARS)).split(" ").filter(Boolean).slice(0, MAX_WORDS);
  if (words.length === 0 && query.trim() !== "") return { products: [], hasMore: false };
  const asTyped = await findIds(shopId, words, page, wordAsTyped);
  const none = asTyped.length === 0 && words.length > 0;
  // A later page of a query that had exact finds must not turn into guesses.
  const guessing =
    none && (page.offset === 0 || (await findIds(shopId, words, FIRST, wordAsTyped)).length === 0);
  const ids = guessing ? await findIds(shopId, words, page, wordOrTypo) : asTyped;
  const shown = ids.slice(0, page.limit);
  return { products: await loadInOrder(shopId, shown), hasMore: ids.length > page.limit };
}

const FIRST = { limit: 1, offset: 0 };

type Condition = (word: string) => Prisma.Sql;

const wordAsTyped: Condition = (word) => {
  const like = word.replace(/[\\%_]/g, "\\$&");
  if (word.length >= MIN_INSIDE_CHARS) return Prisma.sql`p."searchText" LIKE ${`%${like}%`}`;
  return Prisma.sql`(p."searchText" LIKE ${`${like}%`} OR p."searchText" LIKE ${`% ${like}%`} OR p."searchText" LIKE ${`%\n${like}%`})`;
};

const wordOrTypo: Condition = (word) => {
  const pattern = typoPattern(word);
  if (pattern === null) return wordAsTyped(word);
  return Prisma.sql`(${wordAsTyped(word)} OR p."searchText" ~ ${pattern} OR ${word}::text <% p."searchText")`;
};

/** One more than `limit`, when there are more. */
async function findIds(
  shopId: ShopId,
  words: readonly string[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
  condition: Condition,
): Promise<string[]> {
  const phrase = words.join(" ");
  const title = Prisma.sql`split_part(p."searchText", E'\n', 1)`;
  const ids = Prisma.sql`' ' || split_part(p."searchText", E'\n', 3) || ' '`;
  const matches = words.map((word) => Prisma.sql`AND ${condition(word)}`);
  const inTitle = words.map((word) => Prisma.sql`AND strpos(${title}, ${word}::text) > 0`);
  const rows = await getDb().$queryRaw<{ id: string }[]>`
    SELECT p."id"
    FROM "Product" p
    WHERE p."shopId" = ${shopId} AND p."active" ${Prisma.join([Prisma.empty, ...matches], " ")}
    ORDER BY
      CASE
        WHEN ${phrase} = '' THEN 9
        WHEN strpos(${ids}, ${` ${phrase} `}::text) > 0 THEN 0
        WHEN ${title} = ${phrase}::text THEN 1
        WHEN starts_with(${title}, ${phrase}::text) THEN 2
        WHEN strpos(' ' || ${title}, ${` ${phrase}`}::text) > 0 THEN 3
        WHEN TRUE ${Prisma.join([Prisma.empty, ...inTitle], " ")} THEN 4
        ELSE 5
      END,
      word_similarity(${phrase}::text, ${title}) DESC,
      ${title},
      p."id"
    LIMIT ${limit + 1} OFFSET ${offset}`;
  return rows.map((row) => row.id);
}

async function loadInOrder(shopId: ShopId, ids: readonly string[]): Promise<ProductRow[]> {
  const rows = await getDb().product.findMany({
    where: { shopId, id: { in: [...ids] } },
    include: productRow,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
