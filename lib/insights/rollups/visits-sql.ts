import { standsSql } from "../internal/stands-sql";
import { isOn } from "./local-days";
import { VISIT_TYPES } from "./touched-sql";

/**
 * Counts visits again. Parameters: $1 shop, $2 time zone, $3 the visits as [{ id, day }]. A day on which only a conversation
 * began, without a page, is no visit. What else she did on that day is not counted here: see `settleVisitsSql`.
 */
export const countVisitsSql = `
  with counted as (
    select k.id as "visitorId", k.day, e.* from jsonb_to_recordset($3::jsonb) as k (id text, day date)
    cross join lateral (
      select min(e."occurredAt") filter (where e.source = 'browser') as "firstAt",
        max(e."occurredAt") filter (where e.source = 'browser') as "lastAt",
        count(*) filter (where e.type = 'page_viewed')::int as pages,
        count(distinct coalesce(e."productId", e."externalId")) filter (where e.type = 'product_viewed')::int as products
      from "Event" e
      where e."visitorId" = k.id and e."shopId" = $1 and e.type in ${VISIT_TYPES} and ${isOn('e."occurredAt"', "k.day", "$2")}
    ) e
  ),
  gone as (
    delete from "Visit" v using counted c
    where v."shopId" = $1 and v.day = c.day and v."visitorId" = c."visitorId" and c."firstAt" is null
  )
  insert into "Visit" ("shopId", day, "visitorId", "firstAt", "lastAt", pages, products, device, locale, conversation, ordered)
  select $1, c.day, c."visitorId", c."firstAt", c."lastAt", c.pages, c.products, coalesce(v.device, ''), coalesce(v.locale, ''), false, false
  from counted c left join "Visitor" v on v.id = c."visitorId" where c."firstAt" is not null
  on conflict ("shopId", day, "visitorId") do update set "firstAt" = excluded."firstAt", "lastAt" = excluded."lastAt",
    pages = excluded.pages, products = excluded.products, device = excluded.device, locale = excluded.locale`;

/** Whose visits may have changed, whichever of them. Parameters: $1 shop, $2 visitors and $3 conversations as [{ id }]. Rows: id. */
export const touchedVisitorsSql = `
  select id from jsonb_to_recordset($2::jsonb) as k (id text)
  union
  select c."visitorId" from jsonb_to_recordset($3::jsonb) as k (id text) join "Conversation" c on c.id = k.id and c."shopId" = $1`;

/**
 * Of a shop that is not in the tables' statistics yet the planner expects a single row, and would read all its visits for each
 * visitor: minutes for a shop's first few thousand. So the shop is asked in a way that no index answers, and the visitor's does.
 */
const ofShop = (alias: string) => `${alias}."shopId" || '' = $1`;
const visitsOf = `from unnest($3::text[]) k (id) join "Visit" v on v."visitorId" = k.id and ${ofShop("v")}`;
const hers = (table: string, her: string) =>
  `from "${table}" h where h."${her}" = v."visitorId" and ${ofShop("h")}`;

/**
 * After `countVisitsSql`: what her visits say of one another, and of her conversations and orders. A row is found by its
 * place: whoever else would move it waits for the shop's roll-ups. Parameters: $1 shop, $2 time zone, $3 ids of visitors.
 */
export const settleVisitsSql = `
  update "Visit" was set conversation = v.conversation, ordered = v.ordered, once = v.once
  from (
    select v.ctid as place,
      exists (select ${hers("Conversation", "visitorId")} and ${isOn('h."createdAt"', "v.day", "$2")}) as conversation,
      exists (select from "Order" o where o."visitorId" = v."visitorId" and ${ofShop("o")} and ${standsSql}
        and ${isOn('o."placedAt"', "v.day", "$2")}) as ordered,
      not exists (select ${hers("Visitor", "id")} and h."personId" is not null)
        and not exists (select ${hers("Visit", "visitorId")} and h.day <> v.day)
        and not exists (select ${hers("Conversation", "visitorId")} and not (${isOn('h."createdAt"', "v.day", "$2")}))
        and not exists (select ${hers("Order", "visitorId")} and not (${isOn('h."placedAt"', "v.day", "$2")})) as once
    ${visitsOf} offset 0
  ) v
  where was.ctid = v.place
    and (was.conversation, was.ordered, was.once) is distinct from (v.conversation, v.ordered, v.once)`;

/**
 * Before anything of these visitors' visits changes they are taken out of the counts (-1), and put in again afterwards (1). A count of
 * nothing stays. Parameters: $1 shop, $2 1 or -1, $3 ids of visitors.
 */
export const tallyVisitsSql = `
  insert into "VisitCount" as kept ("shopId", day, device, locale, visits, talked, ordered)
  select $1, v.day, v.device, v.locale, $2::int * count(*), $2::int * count(*) filter (where v.conversation),
    $2::int * count(*) filter (where v.ordered and not v.conversation)
  ${visitsOf} where v.once group by 2, 3, 4
  on conflict ("shopId", day, device, locale) do update
  set visits = kept.visits + excluded.visits, talked = kept.talked + excluded.talked, ordered = kept.ordered + excluded.ordered`;

/** After `tallyVisitsSql` took them out. Parameters: $1 shop, $2 salt, $3 ids of visitors. */
export const forgetWhoseSql = `
  with nobodys as (
    update "Visit" set "visitorId" = md5($2::text || "visitorId" || day::text), device = '', locale = '', conversation = false,
      ordered = false, once = true
    where "shopId" = $1 and "visitorId" = any($3::text[]) returning day
  )
  insert into "VisitCount" as kept ("shopId", day, device, locale, visits, talked, ordered)
  select $1, day, '', '', count(*), 0, 0 from nobodys group by day
  on conflict ("shopId", day, device, locale) do update set visits = kept.visits + excluded.visits`;
