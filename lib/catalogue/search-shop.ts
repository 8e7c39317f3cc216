/** A search by the shop's own system where it is connected and can answer such a question, else by our tables. */
import { searchLive } from "./adapters/search-live";
import { loadRows } from "./catalogue-row";
import type { CatalogueView } from "./catalogue-view";
import { type SearchPage, type SearchWish, searchProducts } from "./search";

export interface ShopSearch extends SearchPage {
  /** When the shop's own system gave this answer; null for our tables. */
  readonly asOf: Date | null;
}

export async function searchShop(view: CatalogueView, wish: SearchWish): Promise<ShopSearch> {
  const live = canAskLive(wish) ? await askLive(view, wish) : null;
  // It forgives no typing mistakes; we do.
  return live !== null && (live.products.length > 0 || wish.page.offset > 0)
    ? live
    : { ...(await searchProducts(view, wish)), asOf: null };
}

/** The other questions are beyond what every platform answers. */
function canAskLive({ filters, sort, page }: SearchWish): boolean {
  const { brands, colors, sizes, onSale } = filters;
  return (
    sort === "best" &&
    brands.length <= 1 &&
    colors.length + sizes.length === 0 &&
    !onSale &&
    page.offset % page.limit === 0
  );
}

async function askLive(
  view: CatalogueView,
  { query, filters, page }: SearchWish,
): Promise<ShopSearch | null> {
  const { category, brands, minMinor, maxMinor, inStock } = filters;
  const answer = await searchLive(view, {
    words: query.trim(),
    page: page.offset / page.limit + 1,
    pageSize: page.limit,
    brand: brands[0],
    category: category ?? undefined,
    minMinor: minMinor ?? undefined,
    maxMinor: maxMinor ?? undefined,
    ...(inStock && { inStock }),
  });
  if (answer === null) return null;
  const { productIds, total, hasMore, facets } = answer.value;
  const choices = (filter: string) =>
    facets
      .filter((facet) => facet.filter === filter)
      .flatMap(({ options }) => options.map(({ label, count }) => ({ value: label, count })));
  return {
    products: await loadRows(view, productIds),
    hasMore,
    total: total ?? page.offset + productIds.length,
    guessed: null,
    facets: {
      categories: choices("category"),
      brands: choices("brand"),
      colors: [],
      sizes: [],
      complete: true,
    },
    asOf: answer.asOf,
  };
}
