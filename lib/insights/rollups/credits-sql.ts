import { creditKinds } from "../attribution";
import { creditsSql, linesWithHistorySql, ruleSql } from "../internal/attribution-sql";
import { standsSql } from "../internal/stands-sql";
import { dayOf } from "./local-days";

/**
 * The orders that may be credited otherwise than before: those that changed, all of the customers of conversations that were
 * touched and of visitors who turned out to be somebody, and those with a part in such a conversation, whose customer
 * may be somebody else by now. Parameters: $1 shop, $2 conversations and $3 these visitors, as [{ id }], $4 and $5 the span of
 * orders, its end included. Rows: id.
 */
export const touchedOrdersSql = `
  with touched as materialized (
    select c.id, c."visitorId" from jsonb_to_recordset($2::jsonb) as k (id text) join "Conversation" c on c.id = k.id and c."shopId" = $1
  ),
  begun as (
    select "visitorId" from touched
    union
    select id from jsonb_to_recordset($3::jsonb) as j (id text)
  ),
  hers as (
    select "visitorId" from begun
    union
    select other.id from begun b join "Visitor" v on v.id = b."visitorId" and v."personId" is not null
      join "Visitor" other on other."personId" = v."personId"
  )
  select id from "Order" where "shopId" = $1 and "updatedAt" > $4::timestamptz and "updatedAt" <= $5::timestamptz
  union
  select o.id from hers h join "Order" o on o."visitorId" = h."visitorId" and o."shopId" = $1
  union
  select k."orderId" from touched t join "Credit" k on k."conversationId" = t.id`;

/** The last conversation before an "Order" o, of a "Visitor" v, that somebody took: under whichever of her browsers. */
const takenBefore = (visitors: string) => `
      select c.id, c."createdAt" from ${visitors} join "Conversation" c on c."visitorId" = h.id and c."shopId" = $1
      where c."acceptedAt" is not null and c."createdAt" <= o."placedAt"`;

/** Keeps where orders were counted, and after which conversation. Parameters: $1 shop, $2 ids, $3 time zone. */
export const countOrdersSql = `
  insert into "CountedOrder" ("orderId", "shopId", "visitorId", day, "placedAt", "conversationId", stands, pieces)
  select o.id, o."shopId", o."visitorId", ${dayOf('o."placedAt"', "$3")}, o."placedAt", (
      select t.id from (${takenBefore(`(select o."visitorId" as id) h`)}
      union all${takenBefore(`(select other.id from "Visitor" other where other."personId" = v."personId" and other.id <> v.id) h`)}
      ) t order by t."createdAt" desc, t.id desc limit 1),
    ${standsSql}, (select sum(l.quantity - l."refundedQuantity") from "OrderLine" l where l."orderId" = o.id)
  from "Order" o left join "Visitor" v on v.id = o."visitorId" where o.id = any($2::text[]) and o."shopId" = $1
  on conflict ("orderId") do update set "visitorId" = excluded."visitorId", day = excluded.day, "placedAt" = excluded."placedAt",
    "conversationId" = excluded."conversationId", stands = excluded.stands, pieces = excluded.pieces`;

/** Before `countCreditsSql`. Parameters: $1 shop, $2 ids of orders. */
export const forgetCreditsSql = `delete from "Credit" where "shopId" = $1 and "orderId" = any($2::text[])`;

/** Counts the credits of orders. Parameters: $1 shop, $2 their ids. */
export const countCreditsSql = `
  with ${ruleSql}, ${linesWithHistorySql("o.id = any($2::text[])")}, ${creditsSql(creditKinds)}
  insert into "Credit" ("lineId", "conversationId", "memberId", n, "shopId", "orderId", kind, "touchedAt", "placedAt", "movedAt", "productId",
    "externalId", currency, confirmed, stands, minor, quantity)
  select k."lineId", k."conversationId", k."memberId", k.n, $1, l."orderId", k.kind, k."touchedAt", k."placedAt", k."movedAt", k."productId",
    k."externalId", k.currency, k.confirmed, o.status <> 'cancelled' and l.quantity > l."refundedQuantity", k.minor, k.quantity
  from credits k join "OrderLine" l on l.id = k."lineId" join "Order" o on o.id = l."orderId"`;
