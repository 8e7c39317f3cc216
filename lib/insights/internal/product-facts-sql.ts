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
  carts as (
    select p."conversationId", p."visitorId", p."startedAt", e."occurredAt" as at, e.data,
      row_number() over (partition by p."conversationId", p."visitorId" order by e."occurredAt", e.id) as n
    from people p join "Event" e on e."visitorId" = p."visitorId" and e."shopId" = $1
    where e.type = 'cart_changed' and e."occurredAt" between p."windowFrom" and p."windowTo"
  ),
  cart_lines as (
    select c."conversationId", c."visitorId", c."startedAt", c.at, c.n, x->>'productId' as "productId",
      sum((x->>'quantity')::int) as quantity
    from carts c cross join lateral jsonb_array_elements(c.data->'lines') x
    where x->>'productId' is not null group by 1, 2, 3, 4, 5, 6
  ),
  sold as (
    select p."conversationId", l."productId", o."placedAt" as at,
      o.status <> 'cancelled' and l.quantity > l."refundedQuantity" as kept,
      o.status = 'cancelled' or l."refundedQuantity" > 0 as returned
    from people p join "Order" o on o."visitorId" = p."visitorId" and o."shopId" = $1
      and o."placedAt" between p."startedAt" and p."windowTo"
    join "OrderLine" l on l."orderId" = o.id and l."productId" is not null
  ),
  facts as (
    select p."conversationId", 'seen' as kind, e."productId", ${firstAndLast(`e."occurredAt"`)}
    from people p join "Event" e on e."visitorId" = p."visitorId" and e."shopId" = $1
    where e.type = 'product_viewed' and e."productId" is not null and e."occurredAt" between p."windowFrom" and p."windowTo"
    group by 1, 3
    union all
    select c.id, case e.type when 'item_shown' then 'shown' when 'mark_drawn' then 'drawn' else 'recommended' end,
      e."productId", ${firstAndLast(`e."occurredAt"`)}
    from chosen c join "Event" e on e."conversationId" = c.id and e."occurredAt" >= $2::timestamptz
    where e.type in ('item_shown', 'mark_drawn', 'product_recommended') and e.source = 'server' and e."productId" is not null
    group by 1, 2, 3
    union all
    select c.id, 'asked', e."productId", ${firstAndLast(`e."occurredAt"`)}
    from chosen c join "Event" e on e."conversationId" = c.id and e."occurredAt" >= $2::timestamptz
    where e.type = 'item_shown' and e.source = 'server' and e."visitorId" is not null and e."productId" is not null
    group by 1, 3
    union all
    select l."conversationId", 'carted', l."productId", ${firstAndLast("l.at")}
    from cart_lines l left join cart_lines b on b."conversationId" = l."conversationId"
      and b."visitorId" = l."visitorId" and b."productId" = l."productId" and b.n = l.n - 1
    where l.at >= l."startedAt" and l.quantity > coalesce(b.quantity, 0)
    group by 1, 3
    union all
    select s."conversationId", 'bought', s."productId", ${firstAndLast("s.at")} from sold s where s.kept group by 1, 3
    union all
    select s."conversationId", 'returned', s."productId", ${firstAndLast("s.at")} from sold s where s.returned group by 1, 3
  )`;

/**
 * `asides`: what customers wrote while a product lay on the panel, counted; nothing of what they wrote. The product that is
 * shown last stays on the panel until something else is shown, be it her own photo.
 */
export const asidesSql = `
  stage as (
    select e."conversationId", e."productId", e."occurredAt" as since,
      lead(e."occurredAt") over (partition by e."conversationId" order by e."occurredAt", e.id) as until
    from chosen c join "Event" e on e."conversationId" = c.id and e."occurredAt" >= $2::timestamptz
    where e.type = 'item_shown' and e.source = 'server'
  ),
  asides as (
    select s."conversationId", s."productId", count(*)::int as messages,
      (count(*) filter (where m.body->>'text' similar to '%[?？؟]%'))::int as questions
    from stage s
    join "Message" m on m."conversationId" = s."conversationId" and m."createdAt" >= s.since
      and (s.until is null or m."createdAt" < s.until)
    join "Participant" p on p.id = m."participantId" and p.role = 'customer'
    where s."productId" is not null and m.body->>'kind' = 'text'
    group by 1, 2
  )`;

/** Whether a product is one that the question's filters name. @param product alias of "Product" */
export const namedProduct = (product: string) => `(
    ($4::jsonb->>'productId' is null or ${product}.id = $4::jsonb->>'productId')
    and ($4::jsonb->>'category' is null or ${product}.category = $4::jsonb->>'category'
      or starts_with(${product}.category, $4::jsonb->>'category' || ' > ')))`;
