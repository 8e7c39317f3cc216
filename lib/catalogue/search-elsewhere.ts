/**
 * Finds what a view sells by the words of the shop's other storefronts: an agent types her own language beside a
 * customer who reads another. What is found is shown as the view has it; what the view does not sell is not found.
 */
import { getDb } from "@/lib/db/client";
import { noFilters } from "@/lib/protocol/catalogue-search";
import { type CatalogueView, ownCatalogue } from "./catalogue-view";
import { guessWords } from "./guess-words";
import { readLanguage } from "./search-language";
import { type QueryWord, readWords } from "./search-query";
import { type Found, findBest, listAmong } from "./search-ranked";

type Wish = Parameters<typeof listAmong>[2];

/** Finds of another storefront that are looked for in this one: further than this nobody scrolls for a word of another language. */
const MAX_FINDS = 200;

export interface Elsewhere {
  readonly found: Found;
  /** As the other storefront was asked for them. */
  readonly words: readonly QueryWord[];
}

/** The first other storefront's finds that this view has any of; null without one. @param texts folded words */
export async function findElsewhere(
  view: CatalogueView,
  texts: readonly string[],
  wish: Wish,
  how: "as typed" | "guessed",
): Promise<Elsewhere | null> {
  for (const other of await otherViews(view)) {
    const language = await readLanguage(other);
    const typed = await readWords(texts, language);
    const words = how === "as typed" ? typed : await guessWords(other, typed, language);
    if (words === null) continue;
    const { ids } = await findBest(other, words, noFilters, { limit: MAX_FINDS, offset: 0 });
    const found = await listAmong(view, ids, wish);
    if (found.total > 0) return { found, words };
  }
  return null;
}

/** The shop's own storefront first. */
async function otherViews({ shopId, storefront }: CatalogueView): Promise<CatalogueView[]> {
  const rows = await getDb().storefront.findMany({
    where: { shopId, ...(storefront !== null && { id: { not: storefront.storefrontId } }) },
    orderBy: { id: "asc" },
    select: { id: true, locale: true, currency: true },
  });
  const further = rows.map(({ id, ...row }) => ({ shopId, storefront: { storefrontId: id, ...row } }));
  return storefront === null ? further : [ownCatalogue(shopId), ...further];
}
