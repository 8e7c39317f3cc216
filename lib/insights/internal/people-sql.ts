/**
 * What came of each chosen conversation, as common table expressions: `facts`, one row a conversation, with the times of
 * lib/insights/SPEC.md (IN130-IN136) in seconds. Everything of a conversation counts for who took it.
 */

import { creditsSql, ruleSql, standingLinesSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { secondsSql } from "./spread";
import { standsSql } from "./stands-sql";

/** Of milliseconds as the roll-up of conversations keeps them. */
const secondsOf = (ms: string) => `(${ms} / 1000.0)::float8`;

const inWindow = (sum: string) => `(${sum} filter (where o."placedAt" <= c."createdAt" + r."window"))`;

/**
 * `purchases`: orders of taken conversations, each of the last one before it, under whichever of her visitors: those within the shop's
 * window, and apart from them those until the report's range ends, at $3. Conversation by conversation (offset 0), with the
 * customer's browsers carried along as a list: joined freely, all orders are held against all conversations.
 */
const purchasesSql = `
  selves as (
    select c.id, c."createdAt", case when v."personId" is null then array[c."visitorId"]
      else (select array_agg(o.id) from "Visitor" o where o."personId" = v."personId" and o."shopId" = $1) end as browsers
    from chosen c left join "Visitor" v on v.id = c."visitorId" where c."acceptedAt" is not null
  ),
  purchases as (
    select c.id, ${inWindow("count(*)")}::int as orders, coalesce(${inWindow("sum(o.pieces)")}, 0)::float8 as pieces,
      (count(*) filter (where o."placedAt" < $3::timestamptz))::int as "ordersInRange"
    from selves c cross join rule r cross join lateral (
      select o.id, o."placedAt", (select sum(l.quantity - l."refundedQuantity") from "OrderLine" l where l."orderId" = o.id) as pieces
      from "Order" o where o."visitorId" = any(c.browsers) and o."shopId" = $1
        and o."placedAt" >= c."createdAt" and o."placedAt" <= greatest(c."createdAt" + r."window", $3::timestamptz) and ${standsSql}
        and not exists (select from "Conversation" later where later."visitorId" = any(c.browsers) and later."shopId" = $1
          and later."acceptedAt" is not null and (later."createdAt", later.id) > (c."createdAt", c.id) and later."createdAt" <= o."placedAt")
      offset 0) o
    group by c.id
  )`;

/** From the first of them until the window after the last one's end: what any of them can be credited with. */
const creditableSql = standingLinesSql(`o."placedAt" >= (select min("createdAt") from chosen)
      and o."placedAt" <= (select max(coalesce("closedAt", now())) from chosen) + (select "window" from rule)`);

/**
 * Of any conversations that `chosen` holds; $1 is the shop, $3 the end of the report's range. Besides `facts`: `replies`, seconds
 * of each answer; `revenue`, by conversation and currency. A page of conversations comes to the same as the whole.
 */
export const factsSql = (chosen: string) => `${chosen},
  ${ruleSql},
  ${creditableSql},
  ${creditsSql(["recommended"])},
  ${purchasesSql},
  facts as (
    select c.id, case when c."acceptedAt" is not null then coalesce(c."memberId", '') end as "memberId",
      c.score, c."acceptedAt" is not null as taken, c.status = 'closed' as closed, k."firstResponseMs" is not null as answered,
      ${secondsSql('c."createdAt"', 'c."acceptedAt"')} as wait, ${secondsOf('k."firstResponseMs"')} as first, k."repliesMs",
      ${secondsSql('c."acceptedAt"', 'c."closedAt"')} as duration, ${secondsOf('k."firstProductMs"')} as "firstProduct",
      coalesce(k.products, 0) as products, coalesce(k.recommended, 0) as recommended, coalesce(k.marks, 0) as marks,
      coalesce(k.comparisons, 0) as compared, coalesce(b.orders, 0) as orders, coalesce(b.pieces, 0) as pieces,
      coalesce(b."ordersInRange", 0) as "ordersInRange"
    from chosen c left join "ConversationFact" k on k."conversationId" = c.id left join purchases b using (id)
  ),
  replies as (
    select f."memberId", ${secondsOf("ms")} as reply from facts f cross join unnest(f."repliesMs") ms where f.taken
  ),
  revenue as (
    select f."memberId", f.id, k.currency, sum(k.minor) as minor, coalesce(sum(k.minor) filter (where not k.confirmed), 0) as claimed
    from credits k join facts f on f.id = k."conversationId" where f.taken group by 1, 2, 3
  )`;

/** Of the conversations that a report is about. Parameters: those of `chosenParameters`. */
export const peopleSql = factsSql(chosenSql);
