/**
 * Which rows of the roll-ups have to be counted again because of what came in. They are counted as a whole, from the events:
 * so it does not matter in which order, how late or how often something is looked at.
 * Parameters of both: $1 shop, $2 and $3 the span, its end included, $4 time zone, $5 days of the shop's window. Rows: kind
 * (visit; conversation; near: a conversation of which only what her customer did about it changed, and no part in a sale;
 * joined: a visitor who turned out to be somebody), id, day.
 */
import { START_WITHIN } from "./conversation-facts-sql";
import { dayOf } from "./local-days";

const day = (moment: string) => dayOf(moment, "$4");

/** What makes a visit of a visitor's day. */
export const VISIT_TYPES = `('page_viewed', 'product_viewed', 'cart_changed', 'order_placed', 'conversation_started')`;

/** The conversations, of that kind, of a CTE `people` ("visitorId", at) whose window holds the moment; null stands for any. */
const conversationsOf = (kind: string) => `
  select distinct ${kind}, c.id, null::date
  from (
    select p."visitorId", p.at from people p
    union
    select other.id, p.at from people p join "Visitor" v on v.id = p."visitorId" join "Visitor" other on other."personId" = v."personId"
  ) h
  join "Conversation" c on c."visitorId" = h."visitorId" and c."shopId" = $1
  where h.at is null or (c."createdAt" <= h.at + $5::int * interval '24 hours'
    and coalesce(c."closedAt", h.at) >= h.at - $5::int * interval '24 hours')`;

export const touchedByEventsSql = `
  with fresh as materialized (
    select * from "Event" where "shopId" = $1 and "receivedAt" > $2::timestamptz and "receivedAt" <= $3::timestamptz
  ),
  people as (
    select distinct "visitorId", case when type = 'identity_joined' then null else "occurredAt" end as at
    from fresh where "visitorId" is not null and type in ('product_viewed', 'cart_changed', 'identity_joined')
  ),
  looked as materialized (
    select "visitorId", min("occurredAt") as earliest, max("occurredAt") as latest from fresh
    where "visitorId" is not null and type in ('page_viewed', 'product_viewed') group by 1
  )
  select distinct 'visit' as kind, f."visitorId" as id, ${day('f."occurredAt"')} as day
  from fresh f where f."visitorId" is not null and f.type in ${VISIT_TYPES}
  union
  select 'joined', f."visitorId", null from fresh f where f."visitorId" is not null and f.type = 'identity_joined'
  union
  select 'conversation', f."conversationId", null from fresh f where f."conversationId" is not null
  union
  select 'conversation', c.id, null from "Conversation" c left join "ConversationFact" k on k."conversationId" = c.id
  where c."shopId" = $1 and c.status <> 'closed' and (k.status is distinct from c.status or k."lastSeq" is distinct from c."lastSeq")
  union
  select 'conversation', c.id, null from "Conversation" c
  where c."shopId" = $1 and c."createdAt" > $2::timestamptz and c."createdAt" <= $3::timestamptz
  union
  -- A page that is told of late may be the one on which it began.
  select 'conversation', c.id, null from looked l cross join lateral (
    select id from "Conversation" c where c."visitorId" = l."visitorId" and c."shopId" = $1
      and c."createdAt" >= l.earliest and c."createdAt" < l.latest + ${START_WITHIN} offset 0) c
  union
  ${conversationsOf("case when h.at is null then 'conversation' else 'near' end")}`;

export const touchedByOrdersSql = `
  with changed as materialized (
    select o.id, o."visitorId", o."placedAt", ${day('o."placedAt"')} as day, was."visitorId" as "wasOf", was.day as "wasOn"
    from "Order" o left join "CountedOrder" was on was."orderId" = o.id
    where o."shopId" = $1 and o."updatedAt" > $2::timestamptz and o."updatedAt" <= $3::timestamptz
  ),
  people as (
    select distinct "visitorId", null::timestamptz as at from changed where "visitorId" is not null
    union
    select "wasOf", null from changed where "wasOf" is not null
  )
  select distinct 'visit' as kind, "visitorId" as id, day from changed where "visitorId" is not null
  union
  select 'visit', "wasOf", "wasOn" from changed where "wasOf" is not null
  union
  ${conversationsOf("'near'")}`;
