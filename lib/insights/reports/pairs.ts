/**
 * Pairs of products of which one goes with the other more often than chance explains (SPEC.md, IN155-IN158): both in one
 * order, and advice that works on whoever has seen something else: seen X, recommended Y, bought Y.
 */
import * as z from "zod/mini";
import { chanceOf, liftOf, type Together } from "../internal/chance";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { conversationWindow } from "../internal/journey-sql";
import { namedProduct, productFactsSql, selvesSql } from "../internal/product-facts-sql";
import { runSql } from "../internal/run-sql";
import type { Filters, Question } from "../question";
import { type Interval, SURE, sureTogether } from "../statistics/interval";
import { scoreInterval } from "../statistics/score-interval";

/** Fewer cases, of fewer different people, are an anecdote. */
export const MIN_SUPPORT = 5;
/** Of each kind; the most frequent first. */
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

export interface Pairs {
  readonly together: readonly Pair[];
  readonly ledTo: readonly Pair[];
}

/** Filters about a conversation, not about a product: with one of them only orders that follow such a conversation are looked at. */
const conversationFilters: readonly (keyof Filters)[] = [
  "memberId",
  "takenBy",
  "teamId",
  "locale",
  "device",
  "channel",
  "trigger",
];

const columns = `
    a.id as "firstId", a.title as first, b.id as "secondId", b.title as second,
    p.both::int as both, p.people::int as people, p."withFirst"::int as "withFirst", p."withSecond"::int as "withSecond",
    p."of"::int as "of", p.tested::int as tested
  from found p
  join "Product" a on a.id = p."firstId" and a."shopId" = $1
  join "Product" b on b.id = p."secondId" and b."shopId" = $1
  where p.both >= ${MIN_SUPPORT} and (${namedProduct("a")} or ${namedProduct("b")})
  order by p.both desc, a.title, b.title, a.id, b.id limit ${MAX_ROWS}`;

/** @param narrowed orders from the beginning of a chosen conversation on, within the shop's window */
const togetherSql = (narrowed: boolean) => `
  with ${narrowed ? `${chosenSql}, ${selvesSql("chosen", conversationWindow)},` : ""}
  baskets as (
    select distinct o.id, l."productId", coalesce(v."personId", o."visitorId", o.id) as buyer
    from "Order" o join "OrderLine" l on l."orderId" = o.id
    left join "Visitor" v on v.id = o."visitorId" and v."personId" is not null
    where o."shopId" = $1 and o."placedAt" >= $2::timestamptz and o."placedAt" < $3::timestamptz and o.status <> 'cancelled'
      and l."productId" is not null and l.quantity > l."refundedQuantity"
      ${
        narrowed
          ? `and exists (select from people p
        where p."visitorId" = o."visitorId" and o."placedAt" between p."startedAt" and p."windowTo")`
          : ""
      }
  ),
  whole as (select count(distinct id) as "of" from baskets),
  single as (select "productId", count(*) as n from baskets group by 1 having count(*) >= ${MIN_SUPPORT}),
  found as (
    select f."productId" as "firstId", s."productId" as "secondId", count(*) as both, count(distinct f.buyer) as people,
      min(fn.n) as "withFirst", min(sn.n) as "withSecond", (select "of" from whole) as "of",
      (select count(*) * (count(*) - 1) / 2 from single) as tested
    from baskets f join baskets s on s.id = f.id and f."productId" < s."productId"
    join single fn on fn."productId" = f."productId"
    join single sn on sn."productId" = s."productId"
    group by 1, 2
  )
  select ${columns}`;

const ledToSql = `
  with ${chosenSql}, ${productFactsSql},
  -- One row a conversation: its products are paired within it, which no plan can make slow.
  talks as (
    select coalesce(v."personId", c."visitorId") as buyer,
      array_agg(p."productId") filter (where p."seenAt" is not null) as "seenIds",
      array_agg(p."seenAt") filter (where p."seenAt" is not null) as "seenAt",
      array_agg(p."productId") filter (where p."recommendedAt" is not null) as "advisedIds",
      array_agg(p."recommendedLastAt") filter (where p."recommendedAt" is not null) as "advisedAt",
      array_agg(coalesce(p."boughtLastAt" >= p."recommendedAt", false)) filter (where p."recommendedAt" is not null) as "boughtIt"
    from products p join chosen c on c.id = p."conversationId" left join "Visitor" v on v.id = c."visitorId" and v."personId" is not null
    group by c.id, 1 having bool_or(p."recommendedAt" is not null)
  ),
  advice as (
    select y.id as "productId", count(*) as "of", count(*) filter (where y.bought) as n
    from talks t cross join lateral unnest(t."advisedIds", t."boughtIt") y (id, bought) group by 1
    having count(*) filter (where y.bought) >= ${MIN_SUPPORT}
  ),
  grouped as (
    select x.id as "firstId", y.id as "secondId", count(*) filter (where y.bought) as both,
      count(distinct t.buyer) filter (where y.bought) as people, count(*) as "withFirst"
    from talks t cross join lateral unnest(t."seenIds", t."seenAt") x (id, at)
    cross join lateral unnest(t."advisedIds", t."advisedAt", t."boughtIt") y (id, at, bought)
    where x.id <> y.id and x.at < y.at
    group by 1, 2 having count(*) >= ${MIN_SUPPORT}
  ),
  found as (
    select g.*, a.n as "withSecond", a."of", count(*) over () as tested from grouped g join advice a on a."productId" = g."secondId"
  )
  select ${columns}`;

export async function loadPairs(question: Question): Promise<Pairs> {
  const parameters = chosenParameters(question);
  const narrowed = conversationFilters.some((name) => question.filters[name] !== undefined);
  const [together, ledTo] = await Promise.all([
    runSql(togetherSql(narrowed), parameters),
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
