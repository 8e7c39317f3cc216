import type { ProductId } from "@/lib/protocol/ids";
import type { CatalogueView } from "../catalogue-view";
import { ConnectionProblem } from "./connection-problem";
import { findLive, type OpenConnection } from "./live-connection";
import { noteOutcome } from "./note-outcome";
import type { Fresh, LiveFacet, LiveFilter, LiveProduct, LiveQuery } from "./port";
import { findWritten, retireLive, writeLive } from "./write-live";

export interface LiveFinds {
  /** In the platform's order; all of them are in our tables. */
  readonly productIds: readonly ProductId[];
  /** Null when the platform does not count. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly facets: readonly LiveFacet[];
}

/**
 * A search by the shop's own system. Null when our tables are to answer: there is no live connection, it cannot narrow by
 * what is asked, or it is away and this was never asked before.
 */
export async function searchLive(view: CatalogueView, query: LiveQuery): Promise<Fresh<LiveFinds> | null> {
  return asked(view, async (live) => {
    if (filtersOf(query).some((filter) => !live.adapter.filters.includes(filter))) return null;
    const meant = await inItsWords(live, query);
    if (meant === null) return null;
    const { value, ...age } = await live.adapter.search(meant);
    return { value: await toFinds(view, live, value, age.stale), ...age };
  });
}

/** One product asked for again, and written where the answer is new. Null when there was nobody to ask, or no answer. */
export async function refreshLive(
  view: CatalogueView,
  externalId: string,
): Promise<Omit<Fresh<LiveProduct | null>, "value"> | null> {
  return asked(view, async (live) => {
    const { value, ...age } = await live.adapter.product(externalId);
    if (age.stale) return age;
    if (value !== null) await writeLive(view, live, [value]);
    else await retireLive(view, externalId);
    return age;
  });
}

/** What the shop itself puts beside a product, in its order; null as with a search. */
export async function relatedLive(
  view: CatalogueView,
  externalId: string,
): Promise<Fresh<readonly ProductId[]> | null> {
  return asked(view, async (live) => {
    if (!live.adapter.related) return null;
    const { value, ...age } = await live.adapter.related(externalId);
    return { value: await inOrder(view, live, value, age.stale), ...age };
  });
}

/** People choose by names; where a platform counts on its own ids, its facets tell them. Null: it knows no such name. */
async function inItsWords({ adapter }: OpenConnection, query: LiveQuery): Promise<LiveQuery | null> {
  const { brand, category, ...rest } = query;
  if (brand === undefined && category === undefined) return query;
  const { facets } = (await adapter.search({ ...rest, page: 1 })).value;
  const meantBy = (filter: LiveFilter, name: string) => {
    const options = facets.find((facet) => facet.filter === filter)?.options;
    // Without such a facet the platform is asked by the name.
    if (options === undefined) return name;
    const option = options.find(({ label }) => label === name) ?? options.find(({ value }) => value === name);
    return option?.value ?? null;
  };
  const brandValue = brand === undefined ? undefined : meantBy("brand", brand);
  const categoryValue = category === undefined ? undefined : meantBy("category", category);
  if (brandValue === null || categoryValue === null) return null;
  return { ...rest, brand: brandValue, category: categoryValue };
}

async function toFinds(
  view: CatalogueView,
  live: OpenConnection,
  page: Omit<LiveFinds, "productIds"> & { readonly products: readonly LiveProduct[] },
  stale: boolean,
): Promise<LiveFinds> {
  const { products, ...rest } = page;
  return { productIds: await inOrder(view, live, products, stale), ...rest };
}

/** @param stale what was answered before: it was written then, and a feed may know better by now */
async function inOrder(
  view: CatalogueView,
  live: OpenConnection,
  products: readonly LiveProduct[],
  stale: boolean,
): Promise<ProductId[]> {
  const ids = stale ? await findWritten(view, products) : await writeLive(view, live, products);
  return products.flatMap(({ externalId }) => ids.get(externalId) ?? []);
}

/** A shop's system that fails is told to its admin, not to the agent who searches. */
async function asked<T>(
  view: CatalogueView,
  ask: (live: OpenConnection) => Promise<T | null>,
): Promise<T | null> {
  let before: string | null = null;
  try {
    const live = await findLive(view);
    if (live === null) return null;
    before = live.lastError;
    const answer = await ask(live);
    await noteOutcome(view.shopId, before, null);
    return answer;
  } catch (error) {
    if (!(error instanceof ConnectionProblem)) throw error;
    await noteOutcome(view.shopId, before, error);
    return null;
  }
}

function filtersOf(query: LiveQuery): LiveFilter[] {
  return [
    ...(query.brand === undefined ? [] : ["brand" as const]),
    ...(query.category === undefined ? [] : ["category" as const]),
    ...(query.minMinor === undefined && query.maxMinor === undefined ? [] : ["price" as const]),
    ...(query.inStock ? ["inStock" as const] : []),
  ];
}
