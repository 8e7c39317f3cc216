/**
 * What the finds of a question can be narrowed by, and how many would be left. Each kind is counted with all filters but
 * its own, so that a second colour can be added to the first. Where there are many, a sample that has nothing to do with
 * the order of the feed stands for them.
 */
import { getDb, Prisma } from "@/lib/db/client";
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import type { ShopId } from "@/lib/protocol/ids";
import { levelsOf, SAMPLES, sampleOf } from "./facet-keys";
import { type Depth, matching } from "./search-conditions";
import type { QueryWord } from "./search-query";
import { countUpTo, MAX_TOTAL, preferIndexes } from "./search-ranked";

/** Choices of one kind that are named. */
const MAX_CHOICES = 30;
/** Of a sample, so many at most. */
const MAX_SAMPLED = 3_000;
/** Of `SAMPLES`, those that stand for more finds than that; one of all products, where nothing narrows them. */
const SAMPLES_OF_MANY = 4;
const SAMPLES_OF_ALL = 1;

interface FacetChoice {
  readonly value: string;
  /** Null where the shop's own system does not say. */
  readonly count: number | null;
}

export interface Facets {
  /** One level below the chosen category, else the first level. */
  readonly categories: FacetChoice[];
  readonly brands: FacetChoice[];
  readonly colors: FacetChoice[];
  readonly sizes: FacetChoice[];
  /** False: the counts are estimates from a sample, in which rare choices may be missing. */
  readonly complete: boolean;
}

type Kind = "c" | "b" | "k" | "s";

export async function countFacets(
  shopId: ShopId,
  words: readonly QueryWord[],
  filters: SearchFilters,
  found: { readonly depth: Depth; readonly total: number },
): Promise<Facets> {
  // Kinds without a filter of their own share one pass.
  const passes: Pass[] = [
    {
      kinds: [
        "c",
        ...(filters.brands.length === 0 ? (["b"] as const) : []),
        ...(filters.colors.length === 0 ? (["k"] as const) : []),
        ...(filters.sizes.length === 0 ? (["s"] as const) : []),
      ],
      filters,
    },
    ...(filters.brands.length > 0 ? [{ kinds: ["b"] as const, filters: { ...filters, brands: [] } }] : []),
    ...(filters.colors.length > 0 ? [{ kinds: ["k"] as const, filters: { ...filters, colors: [] } }] : []),
    ...(filters.sizes.length > 0 ? [{ kinds: ["s"] as const, filters: { ...filters, sizes: [] } }] : []),
  ];
  const counted = await Promise.all(
    passes.map(async (pass) => {
      const fits = matching(shopId, words, pass.filters, found.depth);
      // How many pass all filters was counted before.
      const isFew = pass.filters === filters ? found.total < MAX_TOTAL : await areFew(fits, words);
      const narrowed = words.length > 0 || JSON.stringify(pass.filters) !== JSON.stringify(noFilters);
      return count(fits, words, pass, narrowed, isFew);
    }),
  );
  const rows = counted.flatMap((pass) => pass.rows);
  const of = (kind: Kind): FacetChoice[] =>
    rows
      .filter((row) => row.facet.startsWith(`${kind}:`))
      .map(({ facet, count }) => ({ value: facet.slice(2), count }));
  return {
    categories: of("c"),
    brands: of("b"),
    colors: of("k"),
    sizes: of("s"),
    complete: counted.every((pass) => pass.complete),
  };
}

interface Pass {
  readonly kinds: readonly Kind[];
  readonly filters: SearchFilters;
}

interface Counted {
  readonly rows: readonly { readonly facet: string; readonly count: number }[];
  readonly complete: boolean;
}

async function areFew(fits: Prisma.Sql, words: readonly QueryWord[]): Promise<boolean> {
  const [, few] = await getDb().$transaction([preferIndexes(words), countUpTo(fits)]);
  return (few[0]?.total ?? 0) < MAX_TOTAL;
}

/** All finds where they are few enough, else those of some samples, multiplied. */
async function count(
  fits: Prisma.Sql,
  words: readonly QueryWord[],
  { kinds, filters }: Pass,
  narrowed: boolean,
  isFew: boolean,
): Promise<Counted> {
  const db = getDb();
  const samples = narrowed ? SAMPLES_OF_MANY : SAMPLES_OF_ALL;
  const keys = Array.from({ length: samples }, (_, sample) => sampleOf(sample));
  const sampled = isFew ? Prisma.empty : Prisma.sql`AND p."facets" && ${keys}::text[]`;
  const below = filters.category === null ? "c:" : `c:${filters.category} > `;
  const level = filters.category === null ? 1 : levelsOf(filters.category).length + 1;
  const [, rows] = await db.$transaction([
    preferIndexes(words),
    db.$queryRaw<Counted["rows"][number][]>`
      WITH few AS MATERIALIZED (
        SELECT p."facets", p."buyable" FROM "Product" p WHERE ${fits} ${sampled} LIMIT ${MAX_SAMPLED}
      ), counted AS (
        SELECT facet, count(*)::int AS count FROM few, unnest(${keysOf(filters)}) AS facet
        WHERE left(facet, 1) = ANY(${[...kinds]}::text[]) GROUP BY facet
      ), named AS (
        SELECT facet, count, row_number() OVER (PARTITION BY left(facet, 1) ORDER BY count DESC, facet) AS place
        FROM counted
        WHERE left(facet, 1) <> 'c'
          OR (starts_with(facet, ${below}::text) AND cardinality(string_to_array(facet, ' > ')) = ${level})
      )
      SELECT facet, count FROM named WHERE place <= ${MAX_CHOICES} ORDER BY count DESC, facet`,
  ]);
  const times = isFew ? 1 : SAMPLES / samples;
  return { rows: rows.map(({ facet, count }) => ({ facet, count: count * times })), complete: isFew };
}

/** With "in stock" a size counts where it can be bought. */
function keysOf({ inStock }: SearchFilters): Prisma.Sql {
  return inStock
    ? Prisma.sql`few."buyable" || (SELECT array_agg(f) FROM unnest(few."facets") f WHERE left(f, 1) IN ('b', 'c'))`
    : Prisma.sql`few."facets"`;
}
