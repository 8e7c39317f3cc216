import { creditsSql, linesWithHistorySql, ruleSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { conversationWindow } from "./journey-sql";
import { namedProduct, productFactsSql, selvesSql } from "./product-facts-sql";

/**
 * `funnel`: one row for each product that was shown, drawn on or recommended in a chosen conversation, with one column a step
 * that says whether it was reached, and what it earned (SPEC.md, AT30-AT33). Parameters: those of `chosen`.
 */
export const funnelSql = `
  ${chosenSql}, ${selvesSql("chosen", conversationWindow)}, ${productFactsSql}, ${ruleSql},
  ${linesWithHistorySql(`o."placedAt" >= $2::timestamptz and o."visitorId" in (select "visitorId" from people)`)},
  ${creditsSql(["recommended", "shown"])},
  happened as (
    select "conversationId", "productId", "shownAt", "drawnAt", "recommendedAt", "cartedLastAt",
      null::text as currency, null::int as n, null::numeric as minor, null::boolean as confirmed, null::boolean as kept
    from products where "shownAt" is not null or "drawnAt" is not null or "recommendedAt" is not null
    union all
    select "conversationId", "productId", null, null, null, null, currency, n, minor, confirmed, sum(quantity) over (partition by "lineId") > 0
    from credits
  ),
  pairs as (
    select "conversationId", "productId", min("shownAt") is not null as shown, min("drawnAt") is not null as drawn,
      min("recommendedAt") is not null as recommended, min(least("shownAt", "drawnAt", "recommendedAt")) as since,
      max("cartedLastAt") as "cartedAt", bool_or(n is not null) as ordered, coalesce(bool_or(kept), false) as kept,
      jsonb_agg(jsonb_build_object('currency', currency, 'n', n, 'minor', minor, 'claimed', case when confirmed then 0 else minor end)) filter (where n is not null) as earned
    from happened group by 1, 2
    having min(least("shownAt", "drawnAt", "recommendedAt")) is not null
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
