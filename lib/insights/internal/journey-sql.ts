/** The shop's window of attribution: a journey holds what its figures are made of. */
const windowSql = `(select sh."attributionDays" * interval '24 hours' from "Shop" sh where sh.id = c."shopId")`;

/** Columns of `convs`, from "Conversation" c. */
export const conversationWindow = `
  c.id, c."shopId", c."visitorId", c."createdAt" as "startedAt", c."closedAt" as "endedAt",
  c."createdAt" - ${windowSql} as "windowFrom", coalesce(c."closedAt", now()) + ${windowSql} as "windowTo"`;

/** Lines of a cart as the ingest stored them, one row a product (or unknown id). */
const cartLines = (cart: string) => `
  select x->>'productId' as "productId", case when x->>'productId' is null then x->>'externalId' end as "externalId",
    sum((x->>'quantity')::int)::int as quantity
  from jsonb_array_elements(${cart}->'lines') x group by 1, 2`;

/**
 * `steps`: everything that happened to products in and around the conversations of a CTE `convs` (columns above), one
 * row a fact, whichever of her browsers she was at; `since`: not before the conversation began. "externalId" is set only where the catalogue knows no product. A mark on an item takes the item's product.
 */
export const journeyStepsSql = `
  hers as (
    select c.id as "conversationId", c."visitorId" from convs c
    union select c.id, other.id from convs c join "Visitor" v on v.id = c."visitorId" join "Visitor" other on other."personId" = v."personId"
  ),
  own as (
    select c.id as "conversationId", e."visitorId", e.id, e.type, e.source, e."occurredAt" as at, e."productId", e."externalId", e.data,
      e."occurredAt" >= c."startedAt" as since
    from convs c join hers h on h."conversationId" = c.id join "Event" e on e."visitorId" = h."visitorId" and e."shopId" = c."shopId"
    where e.type in ('product_viewed', 'cart_changed') and e."occurredAt" between c."windowFrom" and c."windowTo"
  ),
  carts as (
    select *, lag(data) over (partition by "conversationId", "visitorId" order by at, id) as before from own where type = 'cart_changed'
  ),
  steps as (
    select "conversationId", 'seen' as kind, 1 as rank, at, source, "productId",
      case when "productId" is null then "externalId" end as "externalId", data->>'title' as title,
      null::text as "participantId", null::text as "memberId", null::int as quantity, null::bigint as minor, null::text as currency, since
    from own where type = 'product_viewed'
    union all
    select c.id, case e.type when 'item_shown' then 'shown' when 'mark_drawn' then 'drawn' else 'recommended' end,
      case e.type when 'item_shown' then 2 when 'mark_drawn' then 3 else 4 end, e."occurredAt", e.source,
      coalesce(e."productId", (select i."productId" from "Event" i where i."conversationId" = c.id and i."itemId" = e."itemId"
        and i.type = 'item_shown' and i.source = 'server' and i."productId" is not null limit 1)),
      null, null, e."participantId", e."memberId", null, null, null, e."occurredAt" >= c."startedAt"
    from convs c cross join lateral (
      -- Conversation by conversation (offset 0): of a small shop the database would rather read all that ever happened in its order.
      select * from "Event" e where e."conversationId" = c.id and e.type in ('item_shown', 'mark_drawn', 'product_recommended') and e.source = 'server'
      offset 0
    ) e
    union all
    select k."conversationId", 'carted', 5, k.at, k.source, l."productId", l."externalId", null, null, null,
      l.quantity - coalesce(b.quantity, 0), null, null, k.since
    from carts k
    cross join lateral (${cartLines("k.data")}) l
    left join lateral (${cartLines("k.before")}) b
      on b."productId" is not distinct from l."productId" and b."externalId" is not distinct from l."externalId"
    where l.quantity > coalesce(b.quantity, 0)
    union all
    select c.id, 'bought', 6, o."placedAt", case when o."confirmedAt" is null then 'browser' else 'server' end, l."productId", case when l."productId" is null then l."externalId" end, null,
      null, null, l.quantity - l."refundedQuantity", l."totalMinor" - l."refundedMinor", o.currency, o."placedAt" >= c."startedAt"
    from convs c join hers h on h."conversationId" = c.id join "Order" o on o."visitorId" = h."visitorId" and o."shopId" = c."shopId"
    join "OrderLine" l on l."orderId" = o.id and l.quantity > l."refundedQuantity"
    where o.status <> 'cancelled' and o."placedAt" between c."windowFrom" and c."windowTo"
  )`;
