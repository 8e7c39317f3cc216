/**
 * Catalogue search for agents: every word must be found, article numbers first, then titles. When nothing has all the
 * words as typed, the words of the shop's other storefronts count, and then words one mistake away. The same on PostgreSQL
 * and the embedded database.
 */
import type { SearchQuestion } from "@/lib/protocol/catalogue-search";
import { type CatalogueRow, loadRows } from "./catalogue-row";
import type { CatalogueView } from "./catalogue-view";
import { guessWords } from "./guess-words";
import { findElsewhere } from "./search-elsewhere";
import { countFacets, type Facets } from "./search-facets";
import { readLanguage } from "./search-language";
import { type QueryWord, readWords, wordsOf } from "./search-query";
import { type Found, findBest, findSorted, listAll, type Page } from "./search-ranked";

export interface SearchWish extends SearchQuestion {
  readonly page: Page;
  readonly withFacets: boolean;
}

export interface SearchPage {
  /** Best first. */
  readonly products: readonly CatalogueRow[];
  readonly hasMore: boolean;
  /** At most `MAX_TOTAL`. */
  readonly total: number;
  /** What the words were taken for, when nothing had them as typed; else null. */
  readonly guessed: string | null;
  /** Null unless asked for. */
  readonly facets: Facets | null;
}

/** An empty query lists all that the view has. */
export async function searchProducts(view: CatalogueView, wish: SearchWish): Promise<SearchPage> {
  const texts = wordsOf(wish.query);
  if (texts.length === 0 && wish.query.trim() !== "") return answer(view, wish, [], NOTHING, null);
  const language = await readLanguage(view);
  const typed = await readWords(texts, language);
  const asTyped = await find(view, typed, wish);
  // A later page of a query that had exact finds must not turn into guesses: its total says that there are some.
  if (asTyped.total > 0 || texts.length === 0) return answer(view, wish, typed, asTyped, null);
  const elsewhere = await findElsewhere(view, texts, wish, "as typed");
  if (elsewhere !== null) return answer(view, wish, [], elsewhere.found, null);
  const guessed = await guessWords(view, typed, language);
  const found = guessed === null ? NOTHING : await find(view, guessed, wish);
  if (guessed !== null && found.total > 0) return answer(view, wish, guessed, found, phraseOf(guessed));
  const guessedElsewhere = await findElsewhere(view, texts, wish, "guessed");
  if (guessedElsewhere === null) return answer(view, wish, guessed ?? typed, found, null);
  return answer(view, wish, [], guessedElsewhere.found, phraseOf(guessedElsewhere.words));
}

const NOTHING: Found = { ids: [], total: 0, depth: "numbers" };

const phraseOf = (words: readonly QueryWord[]) =>
  words.map(({ text, meant }) => meant[0]?.text ?? text).join(" ");

function find(view: CatalogueView, words: readonly QueryWord[], wish: SearchWish): Promise<Found> {
  const { filters, page, sort } = wish;
  if (words.length === 0) return listAll(view, filters, page, sort);
  if (sort === "best") return findBest(view, words, filters, page);
  return findSorted(view, words, filters, page, sort);
}

async function answer(
  view: CatalogueView,
  { page, filters, withFacets }: SearchWish,
  words: readonly QueryWord[],
  found: Found,
  guessed: string | null,
): Promise<SearchPage> {
  const { ids, total } = found;
  const [products, facets] = await Promise.all([
    loadRows(view, ids.slice(0, page.limit)),
    withFacets ? countFacets(view, words, filters, found) : null,
  ]);
  return { products, hasMore: ids.length > page.limit, total, guessed, facets };
}
