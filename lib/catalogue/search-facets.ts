/**
 * What the finds of a question can be narrowed by, and how many would be left. Each kind is counted with all filters but
 * its own, so that a second colour can be added to the first. Where there are many, a sample that has nothing to do with
 * the order of the feed stands for them. All kinds are counted in one go: it is the words that cost, not the counting.
 */
import { getDb, Prisma } from "@/lib/db/client";
import { noFilters, type SearchFilters } from "@/lib/protocol/catalogue-search";
import { type CatalogueView, tableOf } from "./catalogue-view";
import { levelsOf, SAMPLES, sampleOf } from "./facet-keys";
import { matching, passesChoices, withoutChoices } from "./search-conditions";
import type { QueryWord } from "./search-query";
import { type Found, isAmong, MAX_TOTAL, preferIndexes } from "./search-ranked";

/** Choices of one kind that are named. */
const MAX_CHOICES = 30;
/** Products that are looked at for each kind, at most: a sample of many more, or all of what may be few. */
const MAX_LOOKED_AT = 4_000;
/** Of `SAMPLES`, those that stand for more finds than that; one of all products, where nothing narrows them. */
const SAMPLES_OF_MANY = 4;
const SAMPLES_OF_ALL = 1;
/** Where a sample says as many, there are more than `MAX_TOTAL`: so far off is none of this size. */
const SURELY_MANY = 1.5 * MAX_TOTAL;

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

/** @param found what the search itself found: how many have all that was asked for need not be counted again */
export async function countFacets(
  view: CatalogueView,
  words: readonly QueryWord[],
  filters: SearchFilters,
  found: Omit<Found, "ids">,
): Promise<Facets> {
  const among = found.among === undefined ? Prisma.empty : isAmong(tableOf(view).id, found.among);
  const fits = Prisma.sql`${matching(view, words, withoutChoices(filters), found.depth)} ${among}`;
  const question: Question = { view, fits, words, filters };
  const passes = passesOf(filters);
  const isFound = (pass: Pass) => pass.filters === filters;
  const open = passes.filter((pass) => !isFound(pass) || found.total >= MAX_TOTAL);
  const sampled = await Promise.all(
    [SAMPLES_OF_MANY, SAMPLES_OF_ALL].map((samples) =>
      count(
        question,
        open.filter((pass) => samplesOf(pass, words) === samples),
        samples,
      ),
    ),
  );
  const estimates = sampled.flat();
  const isMany = (pass: Pass) =>
    estimates.some((one) => one.pass === pass && (isFound(pass) || one.total >= SURELY_MANY));
  const exact = await count(
    question,
    passes.filter((pass) => !isMany(pass)),
    null,
  );
  const few = exact.filter(({ total }) => total < MAX_TOTAL);
  const counted = passes.map((pass) => [...few, ...estimates].find((one) => one.pass === pass));
  const rows = counted.flatMap((one) => one?.rows ?? []);
  const of = (kind: Kind): FacetChoice[] =>
    rows
      .filter((row) => row.facet.startsWith(`${kind}:`))
      .map(({ facet, count }) => ({ value: facet.slice(2), count }));
  return {
    categories: of("c"),
    brands: of("b"),
    colors: of("k"),
    sizes: of("s"),
    complete: few.length === passes.length,
  };
}

interface Question {
  readonly view: CatalogueView;
  /** Words and filters, but for chosen brands, colours and sizes. */
  readonly fits: Prisma.Sql;
  readonly words: readonly QueryWord[];
  readonly filters: SearchFilters;
}

/** Kinds that are counted among the same products. */
interface Pass {
  readonly kinds: readonly Kind[];
  readonly filters: SearchFilters;
}

/** Kinds without a filter of their own share one. */
function passesOf(filters: SearchFilters): Pass[] {
  const own: Pass[] = [
    ...(filters.brands.length > 0 ? [{ kinds: ["b"] as const, filters: { ...filters, brands: [] } }] : []),
    ...(filters.colors.length > 0 ? [{ kinds: ["k"] as const, filters: { ...filters, colors: [] } }] : []),
    ...(filters.sizes.length > 0 ? [{ kinds: ["s"] as const, filters: { ...filters, sizes: [] } }] : []),
  ];
  const kinds = (["c", "b", "k", "s"] as const).filter(
    (kind) => !own.some((pass) => pass.kinds.includes(kind)),
  );
  return [{ kinds, filters }, ...own];
}

function samplesOf({ filters }: Pass, words: readonly QueryWord[]): number {
  const narrowed = words.length > 0 || JSON.stringify(filters) !== JSON.stringify(noFilters);
  return narrowed ? SAMPLES_OF_MANY : SAMPLES_OF_ALL;
}

interface Counted {
  readonly pass: Pass;
  /** Of products; an estimate when counted in samples, as are the rows. */
  readonly total: number;
  readonly rows: readonly { readonly facet: string; readonly count: number }[];
}

/**
 * Counts what each pass lets through, in one statement that looks for the words once.
 *
 * @param samples how many stand for all; null counts all
 */
async function count(
  { view, fits, words, filters }: Question,
  passes: readonly Pass[],
  samples: number | null,
): Promise<Counted[]> {
  if (passes.length === 0) return [];
  const db = getDb();
  const keys = Array.from({ length: samples ?? 0 }, (_, sample) => sampleOf(sample));
  const sampled = samples === null ? Prisma.empty : Prisma.sql`AND p."facets" && ${keys}::text[]`;
  const choices = passes.map((pass) => passesChoices(pass.filters));
  const below = filters.category === null ? "c:" : `c:${filters.category} > `;
  const level = filters.category === null ? 1 : levelsOf(filters.category).length + 1;
  const wanted = passes.flatMap((pass, index) =>
    arraysOf(pass, filters).map((one) => ({ ...one, n: index + 1 })),
  );
  const [, rows] = await db.$transaction([
    preferIndexes(words),
    db.$queryRaw<{ pass: number; facet: string; count: number }[]>`
      WITH looked AS MATERIALIZED (
        SELECT p."facets", p."buyable", ARRAY[${Prisma.join(choices)}] AS passed FROM ${tableOf(view).from}
        WHERE ${fits} AND (${Prisma.join(choices, " OR ")}) ${sampled} LIMIT ${MAX_LOOKED_AT * passes.length}
      ), counted AS (
        SELECT n, facet, count(*)::int AS count
        FROM unnest(${wanted.map(({ n }) => n)}::int[], ${wanted.map(({ kinds }) => kinds)}::int[],
            ${wanted.map(({ buyable }) => buyable)}::boolean[]) AS wanted(n, kinds, buyable)
          JOIN looked ON looked.passed[wanted.n],
          unnest(CASE WHEN wanted.buyable THEN looked."buyable" ELSE looked."facets" END) AS facet
        WHERE (wanted.kinds >> (ascii(facet) - ${LETTER_A})) & 1 <> 0 GROUP BY n, facet
      ), named AS (
        SELECT n, facet, count, row_number() OVER (PARTITION BY left(facet, 1) ORDER BY count DESC, facet) AS place
        FROM counted
        WHERE left(facet, 1) <> 'c'
          OR (starts_with(facet, ${below}::text) AND cardinality(string_to_array(facet, ' > ')) = ${level})
      )
      SELECT n AS pass, facet, count FROM named WHERE place <= ${MAX_CHOICES}
      UNION ALL
      SELECT n, '', (SELECT count(*)::int FROM looked WHERE passed[n]) FROM generate_series(1, ${passes.length}::int) n
      ORDER BY count DESC, facet`,
  ]);
  const times = samples === null ? 1 : SAMPLES / samples;
  return passes.map((pass, index) => {
    const mine = rows
      .filter((row) => row.pass === index + 1)
      .map(({ facet, count }) => ({ facet, count: count * times }));
    const total = mine.find(({ facet }) => facet === "")?.count ?? 0;
    return { pass, total, rows: mine.filter(({ facet }) => facet !== "") };
  });
}

const LETTER_A = 97;
/** A bit for each letter: taking a letter off each of a hundred thousand keys as a text would take half the time. */
const bitsOf = (kinds: readonly Kind[]) =>
  kinds.reduce((bits, kind) => bits | (1 << (kind.charCodeAt(0) - LETTER_A)), 0);

/** In which of a product's arrays which kinds are counted: with "in stock" a size counts where it can be bought. */
function arraysOf({ kinds }: Pass, { inStock }: SearchFilters): { kinds: number; buyable: boolean }[] {
  const isOfVariants = (kind: Kind) => inStock && (kind === "k" || kind === "s");
  const ofVariants = kinds.filter(isOfVariants);
  const ofProduct = kinds.filter((kind) => !isOfVariants(kind));
  return [
    ...(ofProduct.length > 0 ? [{ kinds: bitsOf(ofProduct), buyable: false }] : []),
    ...(ofVariants.length > 0 ? [{ kinds: bitsOf(ofVariants), buyable: true }] : []),
  ];
}
