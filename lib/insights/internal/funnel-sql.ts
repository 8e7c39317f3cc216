import { chosenSql } from "./chosen-sql";
import { namedProduct, productFactsSql } from "./product-facts-sql";

/**
 * `funnel`: one row for each product that was shown, drawn on or recommended in a chosen conversation, with one column a step
 * that says whether it was reached, and what it earned (SPEC.md, AT30-AT35). Parameters: those of `chosen`.
 */
export const funnelSql = `
  ${chosenSql}, ${productFactsSql},
  happened as (
    select "conversationId", "productId", "shownAt", "drawnAt", "recommendedAt", "openedAt", "cartedLastAt",
      null::text as currency, null::int as n, null::bigint as minor, null::boolean as confirmed, null::boolean as kept, null::boolean as back
    from products where "shownAt" is not null or "drawnAt" is not null or "recommendedAt" is not null
    union all
    select k."conversationId", k."productId", null, null, null, null, null, k.currency, k.n, k.minor, k.confirmed, k.stands, k.n > 0 and (k.minor < 0 or k.quantity < 0)
    from chosen c join "Credit" k on k."conversationId" = c.id where k.kind in ('recommended', 'shown')
  ),
  -- Kept: a shop of few products is taken for one of a single product, and all this would be found anew for each.
  pairs as materialized (
    select "conversationId", "productId", min("shownAt") is not null as shown, min("drawnAt") is not null as drawn,
      min("recommendedAt") is not null as recommended, min("openedAt") is not null as opened, min(least("shownAt", "drawnAt", "recommendedAt")) as since,
      max("cartedLastAt") as "cartedAt", bool_or(n is not null) as ordered, coalesce(bool_or(kept), false) as kept, coalesce(bool_or(back), false) as returned,
      jsonb_agg(jsonb_build_object('currency', currency, 'n', n, 'minor', minor, 'claimed', case when confirmed then 0 else minor end)) filter (where n is not null) as earned
    from happened group by 1, 2
    having min(least("shownAt", "drawnAt", "recommendedAt")) is not null
  ),
  funnel as (
    select f."conversationId", f."productId", p.title, f.shown, f.drawn, f.recommended, f.opened,
      coalesce(f."cartedAt" >= f.since, false) or exists (select 1 from "BasketLine" l where l."conversationId" = f."conversationId"
        and l."productId" = f."productId" and l.state = 'in_cart') as carted,
      f.ordered, f.kept, f.returned, f.earned
    from pairs f join "Product" p on p.id = f."productId" and p."shopId" = $1 and ${namedProduct("p")}
  )`;

/** What a row of `funnel` earned, one row a credit and moment. */
export const earnedSql = (row: string) =>
  `jsonb_to_recordset(${row}.earned) as e(currency text, n int, minor numeric, claimed numeric)`;
