/**
 * Pairs of products of which one goes with the other more often than chance explains (SPEC.md, IN155-IN158): both in one
 * order, and advice that works on whoever has seen something else: seen X, recommended Y, bought Y.
 */
import * as z from "zod/mini";
import { chanceOf, liftOf, type Together } from "../internal/chance";
import { chosenParameters } from "../internal/chosen-sql";
import { advisedSql, basketsSql, isNarrowed, metSql } from "../internal/pairs-sql";
import { namedProduct } from "../internal/product-facts-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import { type Interval, SURE, sureTogether } from "../statistics/interval";
import { scoreInterval } from "../statistics/score-interval";

/** Fewer cases, of fewer different people, are an anecdote. */
export const MIN_SUPPORT = 5;
/** Of each kind on a screen, which cannot show more, the most frequent first; a file has all. */
const MAX_ROWS = 500;

const rowSchema = z.object({
  firstId: z.string(),
  first: z.string(),
  secondId: z.string(),
  second: z.string(),
  /** Cases with both; people in these; cases with the first, with the second, and all. */
  both: z.number(),
  people: z.number(),
  withFirst: z.number(),
  withSecond: z.number(),
  of: z.number(),
  /** Pairs that had enough cases of each to show something. */
  tested: z.number(),
});

export interface Pair {
  readonly first: { readonly productId: string; readonly title: string };
  readonly second: { readonly productId: string; readonly title: string };
  /** Orders, or conversations, with both. */
  readonly support: number;
  /** With the first. */
  readonly withFirst: number;
  /** Share of the second where the first is, and the same everywhere. */
  readonly rate: Interval;
  readonly usual: number;
  readonly lift: number;
  /** More than chance: all pairs that are called so are right together in 95 of 100 reports. */
  readonly claimed: boolean;
}

/** Both in one order; the second recommended, and bought, to whoever had seen the first. */
export const pairKinds = ["together", "ledTo"] as const;
export type PairKind = (typeof pairKinds)[number];

export type Pairs = Readonly<Record<PairKind, readonly Pair[]>>;

/**
 * The most frequent of the pairs that a CTE `found` holds. How many different people are behind a pair is counted of these alone:
 * `cases` has a row for each case with both, and there are far more of them.
 */
const shownSql = `
  shown as materialized (
    select a.id as "firstId", a.title as first, b.id as "secondId", b.title as second,
      p.both::int as both, p."withFirst"::int as "withFirst", p."withSecond"::int as "withSecond", p."of"::int as "of", p.tested::int as tested
    from found p
    join "Product" a on a.id = p."firstId" and a."shopId" = $1
    join "Product" b on b.id = p."secondId" and b."shopId" = $1
    where p.both >= ${MIN_SUPPORT} and (${namedProduct("a")} or ${namedProduct("b")})
    order by p.both desc, a.title, b.title, a.id, b.id limit $5::int
  ),
  -- Reckoned once, and not for each that is shown.
  behind as materialized (
    select "firstId", "secondId", count(*)::int as people
    from (select distinct "firstId", "secondId", buyer from cases where ("firstId", "secondId") in (select "firstId", "secondId" from shown)) c
    group by 1, 2
  )
  select s.*, b.people from shown s join behind b using ("firstId", "secondId")
  order by s.both desc, s.first, s.second, s."firstId", s."secondId"`;

/** @param narrowed as `basketsSql` says */
const togetherSql = (narrowed: boolean) => `
  with ${basketsSql(narrowed)},
  single as materialized (
    select x.id as "productId", count(*) as n from baskets b cross join lateral unnest(b.ids) x (id) group by 1 having count(*) >= ${MIN_SUPPORT}
  ),
  cases as materialized (
    select x.id as "firstId", y.id as "secondId", b.buyer
    from baskets b cross join lateral unnest(b.ids) x (id) cross join lateral unnest(b.ids) y (id)
    where cardinality(b.ids) > 1 and x.id < y.id
  ),
  grouped as (select "firstId", "secondId", count(*) as both from cases group by 1, 2 having count(*) >= ${MIN_SUPPORT}),
  found as (
    select g.*, x.n as "withFirst", y.n as "withSecond", (select count(*) from baskets) as "of",
      (select count(*) * (count(*) - 1) / 2 from single) as tested
    from grouped g join single x on x."productId" = g."firstId" join single y on y."productId" = g."secondId"
  ),
  ${shownSql}`;

const ledToSql = `
  with ${advisedSql},
  advice as materialized (
    select "productId", count(*) as "of", count(*) filter (where bought) as n from advised group by 1
    having count(*) filter (where bought) >= ${MIN_SUPPORT}
  ),
  ${metSql('y."productId" in (select "productId" from advice)')},
  cases as (select * from met where bought),
  grouped as (
    select "firstId", "secondId", count(*) filter (where bought) as both, count(*) as "withFirst"
    from met group by 1, 2 having count(*) >= ${MIN_SUPPORT}
  ),
  found as (
    select g.*, a.n as "withSecond", a."of", count(*) over () as tested from grouped g join advice a on a."productId" = g."secondId"
  ),
  ${shownSql}`;

/** @param most pairs of each kind */
export async function loadPairs(question: Question, most = MAX_ROWS): Promise<Pairs> {
  const parameters = [...chosenParameters(question), most] as const;
  const [together, ledTo] = await Promise.all([
    runSql(togetherSql(isNarrowed(question)), parameters),
    runSql(ledToSql, parameters),
  ]);
  return { together: parsePairs(together), ledTo: parsePairs(ledTo) };
}

/** Those that are claimed first, then by how often both were there. */
function parsePairs(rows: unknown): Pair[] {
  const pairs = z.array(rowSchema).parse(rows).map(toPair);
  return [...pairs.filter(({ claimed }) => claimed), ...pairs.filter(({ claimed }) => !claimed)];
}

function toPair(row: z.infer<typeof rowSchema>): Pair {
  const { both, withFirst, withSecond, of, people, tested } = row;
  const counts: Together = { both, first: withFirst, second: withSecond, of };
  const enough = both >= MIN_SUPPORT && people >= MIN_SUPPORT;
  return {
    first: { productId: row.firstId, title: row.first },
    second: { productId: row.secondId, title: row.second },
    support: both,
    withFirst,
    rate: scoreInterval({ successes: both, trials: withFirst }, SURE),
    usual: withSecond / of,
    lift: liftOf(counts),
    claimed: enough && chanceOf(counts) < 1 - sureTogether(tested),
  };
}
