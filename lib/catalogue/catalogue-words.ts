/**
 * The words of a shop's catalogue: titles, brands, categories, colours and sizes. Search looks here for what a word
 * with a typing mistake may have meant, instead of guessing in every product.
 */
import { getDb, type Prisma } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";
import type { SearchColumns } from "./search-columns";

/** Letters of a word that somebody may mistype, less one that may have been left out; longer ones are no words. */
const MIN_CHARS = 3;
const MAX_CHARS = 40;

/** Stores the words of these products; known ones cost little. In one order, so that two imports never wait for each other. */
export async function recordCatalogueWords(
  { shopId, storefront }: CatalogueView,
  products: readonly Pick<SearchColumns, "searchTitle" | "searchText">[],
  db: Prisma.TransactionClient = getDb(),
): Promise<void> {
  const words = [...new Set(products.flatMap(wordsOf))].sort();
  if (words.length === 0) return;
  if (storefront !== null) {
    await db.$executeRaw`
      INSERT INTO "StorefrontWord" ("storefrontId", "word", "reversed")
      SELECT ${storefront.storefrontId}, word, reverse(word) FROM unnest(${words}::text[]) AS word
      ON CONFLICT DO NOTHING`;
    return;
  }
  await db.$executeRaw`
    INSERT INTO "CatalogueWord" ("shopId", "word", "reversed")
    SELECT ${shopId}, word, reverse(word) FROM unnest(${words}::text[]) AS word
    ON CONFLICT DO NOTHING`;
}

function wordsOf({ searchTitle, searchText }: Pick<SearchColumns, "searchTitle" | "searchText">): string[] {
  const [kinds = ""] = searchText.split("\n");
  return `${searchTitle} ${kinds}`.split(/[^\p{L}]+/u).filter((word) => {
    return word.length >= MIN_CHARS && word.length <= MAX_CHARS;
  });
}
