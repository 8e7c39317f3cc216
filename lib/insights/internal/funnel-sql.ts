import { creditsSql, linesWithHistorySql, ruleSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { namedProduct, productFactsSql } from "./product-facts-sql";

/**
 * `funnel`: one row for each product that was shown, drawn on or recommended in a chosen conversation, with one column a step
 * that says whether it was reached (SPEC.md, AT30-AT33). `earned`: their credits. Parameters: those of `chosen`.
 */
export const funnelSql = `
  ${chosenSql}, ${productFactsSql}, ${ruleSql},
  ${linesWithHistorySql(`o."placedAt" >= $2::timestamptz and o."visitorId" in (select "visitorId" from people)`)},
  ${creditsSql(["recommended", "shown"])},
  pairs as (
    select "conversationId", "productId", bool_or(kind = 'shown') as shown, bool_or(kind = 'drawn') as drawn,
      bool_or(kind = 'recommended') as recommended, min(first) filter (where kind <> 'carted') as since,
      max(last) filter (where kind = 'carted') as "cartedAt"
    from facts where kind in ('shown', 'drawn', 'recommended', 'carted') group by 1, 2
    having bool_or(kind <> 'carted')
  ),
  earned as (
    select k."conversationId", k."productId", k.currency, k.n, k.minor, sum(k.quantity) over (partition by k."lineId") > 0 as "lineKept"
    from credits k join pairs using ("conversationId", "productId")
  ),
  bought as (
    select "conversationId", "productId", bool_or("lineKept") as kept from earned group by 1, 2
  ),
  funnel as (
    select f."conversationId", f."productId", p.title, f.shown, f.drawn, f.recommended,
      coalesce(f."cartedAt" >= f.since, false) or exists (select 1 from "BasketLine" l where l."conversationId" = f."conversationId"
        and l."productId" = f."productId" and l.state = 'in_cart') as carted,
      b.kept is not null as ordered, coalesce(b.kept, false) as kept
    from pairs f join "Product" p on p.id = f."productId" and p."shopId" = $1 and ${namedProduct("p")}
    left join bought b using ("conversationId", "productId")
  )`;
