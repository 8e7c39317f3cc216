/**
 * What came of each chosen conversation, as common table expressions: `facts`, one row a conversation, with the times of
 * lib/insights/SPEC.md (IN130-IN136) in seconds. Everything of a conversation counts for who took it.
 */

import { isSaidSql } from "./answered-sql";
import { creditsSql, ruleSql, standingLinesSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { secondsSql } from "./spread";
import { standsSql } from "./stands-sql";

/** `turns`: what the customer said unanswered, until somebody of the shop said something. */
export const turnsSql = `
  spoken as (
    select m."conversationId", m.seq, m."createdAt" as at, p.role = 'customer' as hers
    from chosen c join "Message" m on m."conversationId" = c.id join "Participant" p on p.id = m."participantId"
    where ${isSaidSql}
  ),
  numbered as (
    select *, count(*) filter (where not hers)
      over (partition by "conversationId" order by seq rows between unbounded preceding and 1 preceding) as turn
    from spoken
  ),
  turns as (
    select "conversationId", turn, min(at) filter (where hers) as asked, min(at) filter (where not hers) as answered
    from numbered group by 1, 2
  )`;

const inWindow = (sum: string) => `(${sum} filter (where o."placedAt" <= c."createdAt" + r."window"))`;

/**
 * `selves`: a conversation's customer under all her visitors. `purchases`: orders of taken conversations, each of the last one before
 * it: those within the shop's window, and apart from them those until the report's range ends, at $3.
 */
const purchasesSql = `
  selves as (
    select id, "visitorId" from chosen
    union
    select c.id, other.id from chosen c join "Visitor" v on v.id = c."visitorId"
    join "Visitor" other on other."personId" = v."personId" and other."shopId" = $1
  ),
  purchases as (
    select c.id, ${inWindow("count(*)")}::int as orders, coalesce(${inWindow("sum(k.pieces)")}, 0)::float8 as pieces,
      (count(*) filter (where o."placedAt" < $3::timestamptz))::int as "ordersInRange"
    from selves h join chosen c using (id) cross join rule r
    join "Order" o on o."visitorId" = h."visitorId" and o."shopId" = $1
      and o."placedAt" >= c."createdAt" and o."placedAt" <= greatest(c."createdAt" + r."window", $3::timestamptz)
    cross join lateral (select sum(l.quantity - l."refundedQuantity") as pieces from "OrderLine" l where l."orderId" = o.id) k
    where c."acceptedAt" is not null and ${standsSql} and not exists (
      select 1 from selves also join "Conversation" later on later."visitorId" = also."visitorId" and later."shopId" = $1
      where also.id = c.id and later."acceptedAt" is not null
        and (later."createdAt", later.id) > (c."createdAt", c.id) and later."createdAt" <= o."placedAt")
    group by c.id
  )`;

const doneSql = `
  done as (
    select e."conversationId" as id,
      count(distinct e."productId") filter (where e.type <> 'mark_drawn')::int as products,
      count(distinct e."productId") filter (where e.type = 'product_recommended')::int as recommended,
      coalesce(sum((e.data->>'count')::int) filter (where e.type = 'mark_drawn' and e."memberId" is not null), 0)::int as marks,
      count(*) filter (where e.type = 'items_compared')::int as compared,
      min(e."occurredAt") filter (where e."productId" is not null and e.type in ('item_shown', 'product_recommended')) as "firstProductAt"
    from chosen c join "Event" e on e."conversationId" = c.id and e."shopId" = $1 and e."occurredAt" >= (select min("createdAt") from chosen)
    where e.source = 'server' and e.type in ('item_shown', 'mark_drawn', 'items_compared', 'product_recommended')
    group by 1
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
  ${turnsSql},
  ${purchasesSql},
  ${doneSql},
  facts as (
    select c.id, case when c."acceptedAt" is not null then coalesce(c."memberId", '') end as "memberId",
      c.score, c."acceptedAt" is not null as taken, c.status = 'closed' as closed, t.first is not null as answered,
      ${secondsSql('c."createdAt"', 'c."acceptedAt"')} as wait, ${secondsSql('c."createdAt"', "t.first")} as first,
      ${secondsSql('c."acceptedAt"', 'c."closedAt"')} as duration, ${secondsSql('c."acceptedAt"', 'd."firstProductAt"')} as "firstProduct",
      coalesce(d.products, 0) as products, coalesce(d.recommended, 0) as recommended, coalesce(d.marks, 0) as marks,
      coalesce(d.compared, 0) as compared, coalesce(b.orders, 0) as orders, coalesce(b.pieces, 0) as pieces,
      coalesce(b."ordersInRange", 0) as "ordersInRange"
    from chosen c left join done d using (id) left join purchases b using (id)
    left join (select "conversationId" as id, min(answered) as first from turns group by 1) t using (id)
  ),
  replies as (
    select f."memberId", ${secondsSql('greatest(t.asked, c."acceptedAt")', "t.answered")} as reply
    from turns t join chosen c on c.id = t."conversationId" join facts f on f.id = c.id
    where f.taken and t.asked is not null and t.answered is not null
  ),
  revenue as (
    select f."memberId", f.id, k.currency, sum(k.minor) as minor, coalesce(sum(k.minor) filter (where not k.confirmed), 0) as claimed
    from credits k join facts f on f.id = k."conversationId" where f.taken group by 1, 2, 3
  )`;

/** Of the conversations that a report is about. Parameters: those of `chosenParameters`. */
export const peopleSql = factsSql(chosenSql);
