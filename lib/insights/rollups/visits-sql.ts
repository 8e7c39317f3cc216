import { standsSql } from "../internal/stands-sql";
import { isOn } from "./local-days";
import { VISIT_TYPES } from "./touched-sql";

/**
 * Counts visits again. Parameters: $1 shop, $2 time zone, $3 the visits as [{ id, day }]. A day on which only a conversation
 * began, without a page, is no visit.
 */
export const countVisitsSql = `
  with counted as (
    select k.id as "visitorId", k.day, e.* from jsonb_to_recordset($3::jsonb) as k (id text, day date)
    cross join lateral (
      select min(e."occurredAt") filter (where e.source = 'browser') as "firstAt",
        max(e."occurredAt") filter (where e.source = 'browser') as "lastAt",
        count(*) filter (where e.type = 'page_viewed')::int as pages,
        count(distinct coalesce(e."productId", e."externalId")) filter (where e.type = 'product_viewed')::int as products,
        coalesce(bool_or(e.type = 'conversation_started'), false) as conversation
      from "Event" e
      where e."visitorId" = k.id and e."shopId" = $1 and e.type in ${VISIT_TYPES} and ${isOn('e."occurredAt"', "k.day", "$2")}
    ) e
  ),
  gone as (
    delete from "Visit" v using counted c
    where v."shopId" = $1 and v.day = c.day and v."visitorId" = c."visitorId" and c."firstAt" is null
  )
  insert into "Visit" ("shopId", day, "visitorId", "firstAt", "lastAt", pages, products, device, locale, conversation, ordered)
  select $1, c.day, c."visitorId", c."firstAt", c."lastAt", c.pages, c.products, coalesce(v.device, ''), coalesce(v.locale, ''), c.conversation,
    exists (select 1 from "Order" o where o."visitorId" = c."visitorId" and o."shopId" = $1 and ${standsSql}
      and ${isOn('o."placedAt"', "c.day", "$2")})
  from counted c left join "Visitor" v on v.id = c."visitorId" where c."firstAt" is not null
  on conflict ("shopId", day, "visitorId") do update set "firstAt" = excluded."firstAt", "lastAt" = excluded."lastAt",
    pages = excluded.pages, products = excluded.products, device = excluded.device, locale = excluded.locale,
    conversation = excluded.conversation, ordered = excluded.ordered`;

/**
 * After `countVisitsSql`: those of visitors who came on other days, too, say so, whichever was counted first. Parameters: $1 shop, $2 the visits.
 */
export const markAgainSql = `
  update "Visit" v set again = true
  from (select distinct id from jsonb_to_recordset($2::jsonb) as k (id text)) k
  where v."shopId" = $1 and v."visitorId" = k.id and not v.again
    and exists (select 1 from "Visit" other where other."visitorId" = k.id and other."shopId" = $1 and other.day <> v.day)`;
