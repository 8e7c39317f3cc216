import { isOn } from "./local-days";

/** Pieces of each product of a cart as the ingest stored it. */
const cartLines = (cart: string) => `
  select x->>'productId' as "productId", sum((x->>'quantity')::int)::int as quantity
  from jsonb_array_elements(${cart}->'lines') x where x->>'productId' is not null group by 1`;

/** Largest number of the columns: what pages claim in a day may add up to more, and must not keep the rest from being counted. */
const MAX_PIECES = 2_147_483_647;
const heldSql = (column: string) => `least(sum(${column}), ${MAX_PIECES})::int as ${column}`;

/** Nothing of it is below zero. */
const NOTHING = "greatest(c.views, c.shown, c.drawn, c.recommended, c.carted, c.bought) = 0";

/** Counts products' days again. Parameters: $1 shop, $2 time zone, $3 the days as [{ id, day }]. One on which nothing happened has no row. */
export const countProductDaysSql = `
  with keys as (
    select k.id as "productId", k.day from jsonb_to_recordset($3::jsonb) as k (id text, day date) join "Product" p on p.id = k.id and p."shopId" = $1
  ),
  days as (select distinct day from keys),
  happened as (
    select k."productId", k.day, e.* from keys k cross join lateral (
      select count(*) filter (where e.type = 'product_viewed')::int as views,
        count(*) filter (where e.type = 'item_shown' and e.source = 'server')::int as shown,
        count(*) filter (where e.type = 'mark_drawn' and e.source = 'server')::int as drawn,
        count(*) filter (where e.type = 'product_recommended' and e.source = 'server')::int as recommended
      from "Event" e where e."productId" = k."productId" and e."shopId" = $1 and ${isOn('e."occurredAt"', "k.day", "$2")}
    ) e
  ),
  marked as (
    select i."productId", m.day, count(*)::int as drawn
    from (
      select d.day, e."conversationId", e."itemId" from days d join "Event" e on e."shopId" = $1 and e.type = 'mark_drawn'
        and e.source = 'server' and e."productId" is null and ${isOn('e."occurredAt"', "d.day", "$2")}
    ) m
    cross join lateral (
      select min(e."productId") as "productId" from "Event" e
      where e."conversationId" = m."conversationId" and e."itemId" = m."itemId" and e.type = 'item_shown' and e.source = 'server'
    ) i
    group by 1, 2
  ),
  told as (
    select d.day, e.id, e."visitorId", e."occurredAt", e.data from days d join "Event" e on e."shopId" = $1 and e.type = 'cart_changed'
      and e."visitorId" is not null and ${isOn('e."occurredAt"', "d.day", "$2")}
  ),
  carted as (
    select t.day, l."productId", sum(greatest(l.quantity - coalesce(b.quantity, 0), 0))::float8 as pieces
    from told t cross join lateral (${cartLines("t.data")}) l
    left join lateral (
      select e.data from "Event" e where e."visitorId" = t."visitorId" and e."shopId" = $1 and e.type = 'cart_changed'
        and e."occurredAt" <= t."occurredAt" and (e."occurredAt", e.id) < (t."occurredAt", t.id)
      order by e."occurredAt" desc, e.id desc limit 1
    ) before on true
    left join lateral (${cartLines("before.data")}) b on b."productId" = l."productId"
    group by 1, 2
  ),
  bought as (
    select d.day, l."productId", sum(l.quantity - l."refundedQuantity")::float8 as pieces
    from days d join "Order" o on o."shopId" = $1 and o.status <> 'cancelled' and ${isOn('o."placedAt"', "d.day", "$2")}
    join "OrderLine" l on l."orderId" = o.id and l."productId" is not null
    group by 1, 2
  ),
  -- Added up, not joined: of what lies in these the planner knows nothing, and would hold each against each.
  counted as (
    select "productId", day, sum(views)::int as views, sum(shown)::int as shown, sum(drawn)::int as drawn, sum(recommended)::int as recommended,
      ${heldSql("carted")}, ${heldSql("bought")}
    from (
      select "productId", day, true as wanted, views, shown, drawn, recommended, 0 as carted, 0 as bought from happened
      union all select "productId", day, false, 0, 0, drawn, 0, 0, 0 from marked where "productId" is not null
      union all select "productId", day, false, 0, 0, 0, 0, pieces, 0 from carted
      union all select "productId", day, false, 0, 0, 0, 0, 0, pieces from bought
    ) parts group by 1, 2 having bool_or(wanted)
  ),
  gone as (
    delete from "ProductDay" d using counted c where d."shopId" = $1 and d.day = c.day and d."productId" = c."productId"
      and ${NOTHING}
  )
  insert into "ProductDay" ("shopId", day, "productId", views, shown, drawn, recommended, carted, bought)
  select $1, c.day, c."productId", c.views, c.shown, c.drawn, c.recommended, c.carted, c.bought from counted c
  where not (${NOTHING})
  on conflict ("shopId", day, "productId") do update set views = excluded.views, shown = excluded.shown, drawn = excluded.drawn,
    recommended = excluded.recommended, carted = excluded.carted, bought = excluded.bought`;
