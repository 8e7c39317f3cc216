import { conversationWindow } from "./journey-sql";

const firstAndLast = (column: string) => `min(${column}) as first, max(${column}) as last`;

/**
 * What became of products in and around the conversations of a CTE `chosen`, however often it happened. Parameters: those of `chosen`.
 * `people`: who a conversation's customer is, with the other browsers of the same person, and the span that counts: the shop's window before and after.
 * `facts`: one row a conversation, product and kind, with its first and last time: seen in the span; shown, asked (put on
 * the panel by her), drawn and recommended in the conversation; carted, bought and returned from its beginning on.
 */
export const productFactsSql = `
  windows as (select ${conversationWindow} from chosen c),
  people as (
    select w.id as "conversationId", w."visitorId", w."startedAt", w."windowFrom", w."windowTo" from windows w
    union
    select w.id, v.id, w."startedAt", w."windowFrom", w."windowTo"
    from windows w join "Visitor" o on o.id = w."visitorId"
    join "Visitor" v on v."personId" = o."personId" and v."shopId" = w."shopId"
  ),
  own as materialized (
    select p."conversationId", p."visitorId", p."startedAt", e.*
    from people p cross join lateral (
      select e.id, e.type, e."productId", e."occurredAt" as at, case when e.type = 'cart_changed' then e.data->'lines' end as lines
      from "Event" e
      where e."visitorId" = p."visitorId" and e."shopId" = $1 and e.type in ('product_viewed', 'cart_changed')
        and e."occurredAt" between p."windowFrom" and p."windowTo" offset 0) e
  ),
  carts as (
    select *, row_number() over (partition by "conversationId", "visitorId" order by at, id) as n from own where type = 'cart_changed'
  ),
  cart_lines as (
    select c."conversationId", c."visitorId", c."startedAt", c.at, c.n, x->>'productId' as "productId",
      sum((x->>'quantity')::int) as quantity
    from carts c cross join lateral jsonb_array_elements(c.lines) x
    where x->>'productId' is not null group by 1, 2, 3, 4, 5, 6
  ),
  grown as (
    select *, case when lag(n) over line = n - 1 then lag(quantity) over line else 0 end as before
    from cart_lines window line as (partition by "conversationId", "visitorId", "productId" order by n)
  ),
  sold as (
    select p."conversationId", l."productId", o."placedAt" as at,
      o.status <> 'cancelled' and l.quantity > l."refundedQuantity" as kept,
      o.status = 'cancelled' or l."refundedQuantity" > 0 as returned
    from people p join "Order" o on o."visitorId" = p."visitorId" and o."shopId" = $1
      and o."placedAt" between p."startedAt" and p."windowTo"
    join "OrderLine" l on l."orderId" = o.id and l."productId" is not null
  ),
  inside as materialized (
    select c.id as "conversationId", e.*
    from chosen c cross join lateral (
      select e.id, e.type, e."productId", e."visitorId", e."occurredAt" as at from "Event" e
      where e."conversationId" = c.id and e."occurredAt" >= c."createdAt" and e.source = 'server'
        and e.type in ('item_shown', 'mark_drawn', 'product_recommended') offset 0) e
  ),
  facts as (
    select "conversationId", 'seen' as kind, "productId", ${firstAndLast("at")}
    from own where type = 'product_viewed' and "productId" is not null group by 1, 3
    union all
    select "conversationId", case type when 'item_shown' then 'shown' when 'mark_drawn' then 'drawn' else 'recommended' end,
      "productId", ${firstAndLast("at")}
    from inside where "productId" is not null group by 1, 2, 3
    union all
    select "conversationId", 'asked', "productId", ${firstAndLast("at")}
    from inside where type = 'item_shown' and "visitorId" is not null and "productId" is not null group by 1, 3
    union all
    select l."conversationId", 'carted', l."productId", ${firstAndLast("l.at")}
    from grown l where l.at >= l."startedAt" and l.quantity > l.before group by 1, 3
    union all
    select s."conversationId", 'bought', s."productId", ${firstAndLast("s.at")} from sold s where s.kept group by 1, 3
    union all
    select s."conversationId", 'returned', s."productId", ${firstAndLast("s.at")} from sold s where s.returned group by 1, 3
  )`;

/**
 * Beside `productFactsSql`. `asides`: what customers wrote while a product lay on the panel, counted; nothing of what they wrote. The product that is
 * shown last stays on the panel until something else is shown, be it her own photo.
 */
export const asidesSql = `
  stage as (
    select "conversationId", "productId", at as since,
      lead(at) over (partition by "conversationId" order by at, id) as until
    from inside where type = 'item_shown'
  ),
  asides as (
    select s."conversationId", s."productId", count(*)::int as messages,
      (count(*) filter (where m.text similar to '%[?？؟]%'))::int as questions
    from stage s cross join lateral (
      select m.body->>'text' as text from "Message" m join "Participant" p on p.id = m."participantId" and p.role = 'customer'
      where m."conversationId" = s."conversationId" and m."createdAt" >= s.since
        and (s.until is null or m."createdAt" < s.until) and m.body->>'kind' = 'text' offset 0) m
    where s."productId" is not null
    group by 1, 2
  )`;

/** Whether a product is one that the question's filters name. @param product alias of "Product" */
export const namedProduct = (product: string) => `(
    ($4::jsonb->>'productId' is null or ${product}.id = $4::jsonb->>'productId')
    and ($4::jsonb->>'category' is null or ${product}.category = $4::jsonb->>'category'
      or starts_with(${product}.category, $4::jsonb->>'category' || ' > ')))`;
