import { isSaidSql } from "../internal/answered-sql";

/** The conversations to be counted. Parameters: $1 shop, $2 them as [{ id }]. */
export const COUNTED = `
    select c.* from jsonb_to_recordset($2::jsonb) as k (id text) join "Conversation" c on c.id = k.id and c."shopId" = $1`;

/** Whole milliseconds from one moment to another; none is negative (IN132). */
const msSql = (from: string, to: string) =>
  `case when ${to} < ${from} then 0 else round(extract(epoch from ${to} - ${from}) * 1000)::bigint end`;

const COLUMNS = `"conversationId", "shopId", status, "lastSeq", "firstResponseMs", "repliesMs", products, recommended, marks, comparisons, "firstProductMs"`;
/** What only pages told: it stays when the claims it was read from are forgotten. */
const TOLD = `"startUrl", "startTitle"`;

/** How long before it began a page may have been looked at to be the one on which a conversation began. */
export const START_WITHIN = `interval '24 hours'`;

/**
 * Counts what was said and done in conversations again (SPEC.md, IN107). Parameters: those of COUNTED. `turns`: what the customer
 * said unanswered, until somebody of the shop said something. `starts`: the page on which she was (IN230). What is not there any
 * more has no row: it went with its conversation.
 */
export const countConversationsSql = `
  with chosen as materialized (${COUNTED}),
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
  ),
  answers as (
    select t."conversationId" as id, min(t.answered) as first,
      array_agg(${msSql('greatest(t.asked, c."acceptedAt")', "t.answered")} order by t.turn)
        filter (where t.asked is not null and t.answered is not null and c."acceptedAt" is not null) as replies
    from turns t join chosen c on c.id = t."conversationId" group by 1
  ),
  done as (
    select c.id, count(distinct e."productId") filter (where e.type <> 'mark_drawn')::int as products,
      count(distinct e."productId") filter (where e.type = 'product_recommended')::int as recommended,
      coalesce(sum((e.data->>'count')::int) filter (where e.type = 'mark_drawn' and e."memberId" is not null), 0)::int as marks,
      (count(*) filter (where e.type = 'items_compared'))::int as comparisons,
      min(e."occurredAt") filter (where e."productId" is not null and e.type in ('item_shown', 'product_recommended')) as product
    from chosen c cross join lateral (
      select * from "Event" e where e."conversationId" = c.id and e."shopId" = $1 and e."occurredAt" >= c."createdAt" and e.source = 'server'
        and e.type in ('item_shown', 'mark_drawn', 'items_compared', 'product_recommended') offset 0) e
    group by 1
  ),
  starts as (
    select c.id, e.url, e.title
    from chosen c cross join lateral (
      select split_part(e.data->>'url', '?', 1) as url, coalesce(e.data->>'title', '') as title from "Event" e
      where e."visitorId" = c."visitorId" and e."shopId" = $1 and e.type in ('page_viewed', 'product_viewed') and e.data->>'url' <> ''
        and e."occurredAt" <= c."createdAt" and e."occurredAt" > c."createdAt" - ${START_WITHIN}
      order by e."occurredAt" desc, e.id desc limit 1) e
  )
  insert into "ConversationFact" (${COLUMNS}, ${TOLD})
  select c.id, c."shopId", c.status, c."lastSeq", ${msSql('c."createdAt"', "a.first")}, coalesce(a.replies, '{}'),
    coalesce(d.products, 0), coalesce(d.recommended, 0), coalesce(d.marks, 0), coalesce(d.comparisons, 0), ${msSql('c."acceptedAt"', "d.product")},
    coalesce(s.url, ''), coalesce(s.title, '')
  from chosen c left join answers a on a.id = c.id left join done d on d.id = c.id left join starts s on s.id = c.id
  on conflict ("conversationId") do update set (${COLUMNS}) = (select ${COLUMNS.split(",")
    .map((column) => `excluded.${column.trim()}`)
    .join(", ")}), ${TOLD.split(",")
    .map(
      (column) =>
        `${column} = case when excluded."startUrl" = '' then "ConversationFact".${column.trim()} else excluded.${column.trim()} end`,
    )
    .join(", ")}`;
