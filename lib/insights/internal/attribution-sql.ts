import { ATTRIBUTION_HOURS } from "../attribution";

const windowSql = `interval '${ATTRIBUTION_HOURS} hours'`;

/**
 * The rule of attribution.ts as common table expressions. Parameters: $1 shop, $2 from, $3 to.
 * `recommended`: recommendations from the range's start until the window after its end, since a later one takes its own lines.
 * `credited`: each counting order line once, with the last recommendation that fits; less what was given back.
 * `cohort`: recommendations of the range itself, one row for each agent, conversation and product.
 * `cohort_lines`: the credited lines of the cohort.
 */
export const attributionSql = `
  recommended as (
    select e.id, coalesce(e."memberId", '') as "memberId", e."conversationId", e."productId", c."visitorId", e."occurredAt" as at
    from "Event" e join "Conversation" c on c.id = e."conversationId" and c."shopId" = e."shopId"
    where e."shopId" = $1 and e.type = 'product_recommended' and e.source = 'server' and e."productId" is not null
      and e."occurredAt" >= $2::timestamptz and e."occurredAt" <= $3::timestamptz + ${windowSql}
  ),
  credited as (
    select distinct on (l.id) l.id, r."memberId", r."conversationId", r."productId", r.at, o.currency,
      l.quantity - l."refundedQuantity" as quantity, l."totalMinor" - l."refundedMinor" as minor, o."confirmedAt" is not null as confirmed
    from "Order" o
    join "OrderLine" l on l."orderId" = o.id and l.quantity > l."refundedQuantity"
    join recommended r on r."visitorId" = o."visitorId" and r."productId" = l."productId"
      and r.at <= o."placedAt" and r.at >= o."placedAt" - ${windowSql}
    where o."shopId" = $1 and o.status <> 'cancelled'
    order by l.id, r.at desc, r.id collate "C" desc
  ),
  cohort as (
    select "memberId", "conversationId", "productId" from recommended where at < $3::timestamptz group by 1, 2, 3
  ),
  cohort_lines as (select * from credited where at < $3::timestamptz)`;
