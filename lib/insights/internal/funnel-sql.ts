import { creditsSql, linesWithHistorySql, ruleSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { namedProduct, productFactsSql } from "./product-facts-sql";

/**
 * `funnel`: one row for each product that was shown, drawn on or recommended in a chosen conversation, with one column a step
 * that says whether it was reached, and what it earned (SPEC.md, AT30-AT33). Parameters: those of `chosen`.
 */
export const funnelSql = `
  ${chosenSql}, ${productFactsSql}, ${ruleSql},
  ${linesWithHistorySql(`o."placedAt" >= $2::timestamptz and o."visitorId" in (select "visitorId" from people)`)},
  ${creditsSql(["recommended", "shown"])},
  happened as (
    select "conversationId", "productId", kind, first, last, null::text as currency, null::int as n, null::numeric as minor, null::boolean as confirmed, false as kept
    from facts where kind in ('shown', 'drawn', 'recommended', 'carted')
    union all
    select "conversationId", "productId", 'ordered', "placedAt", "placedAt", currency, n, minor, confirmed, sum(quantity) over (partition by "lineId") > 0
    from credits
  ),
  pairs as (
    select "conversationId", "productId", bool_or(kind = 'shown') as shown, bool_or(kind = 'drawn') as drawn,
      bool_or(kind = 'recommended') as recommended, min(first) filter (where kind in ('shown', 'drawn', 'recommended')) as since,
      max(last) filter (where kind = 'carted') as "cartedAt", bool_or(kind = 'ordered') as ordered, bool_or(kept) as kept,
      jsonb_agg(jsonb_build_object('currency', currency, 'n', n, 'minor', minor, 'claimed', case when confirmed then 0 else minor end)) filter (where kind = 'ordered') as earned
    from happened group by 1, 2
    having bool_or(kind in ('shown', 'drawn', 'recommended'))
  ),
  funnel as (
    select f."conversationId", f."productId", p.title, f.shown, f.drawn, f.recommended,
      coalesce(f."cartedAt" >= f.since, false) or exists (select 1 from "BasketLine" l where l."conversationId" = f."conversationId"
        and l."productId" = f."productId" and l.state = 'in_cart') as carted,
      f.ordered, f.kept, f.earned
    from pairs f join "Product" p on p.id = f."productId" and p."shopId" = $1 and ${namedProduct("p")}
    where f."conversationId" in (select id from chosen)
  )`;

/** What a row of `funnel` earned, one row a credit and moment. */
export const earnedSql = (row: string) =>
  `jsonb_to_recordset(${row}.earned) as e(currency text, n int, minor numeric, claimed numeric)`;
