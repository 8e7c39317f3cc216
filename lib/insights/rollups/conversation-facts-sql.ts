import { journeyCountsSql } from "../internal/journey-counts-sql";
import { conversationWindow, journeyStepsSql } from "../internal/journey-sql";
import { turnsSql } from "../internal/people-sql";
import { dayOf } from "./local-days";

/** Whole milliseconds from one moment to another; none is negative (IN132). */
const msSql = (from: string, to: string) =>
  `case when ${to} < ${from} then 0 else round(extract(epoch from ${to} - ${from}) * 1000)::bigint end`;

const COLUMNS = `"conversationId", "shopId", day, status, "lastSeq", outcome, "closedBy", "waitMs", "firstResponseMs", "responseMs", responses,
    "durationMs", "customerMessages", "agentMessages", pictures, seen, shown, drawn, recommended, carted, bought, marks, comparisons, "firstProductMs"`;

/**
 * Counts conversations again, times and outcomes by IN130 to IN134, products by IN24. Parameters: $1 shop, $2 time zone,
 * $3 the conversations as [{ id }], $4 from when on events are kept. What is not there any more has no row: it went with its conversation.
 */
export const countConversationsSql = `
  with chosen as (
    select c.* from jsonb_to_recordset($3::jsonb) as k (id text) join "Conversation" c on c.id = k.id and c."shopId" = $1 and c."createdAt" >= $4::timestamptz
  ),
  ${turnsSql},
  convs as (select ${conversationWindow} from chosen c),
  ${journeyStepsSql},
  ${journeyCountsSql},
  talk as (
    select "conversationId" as id, count(*) filter (where hers)::int as customer, count(*) filter (where not hers)::int as agent
    from spoken group by 1
  ),
  answers as (
    select t."conversationId" as id, min(t.answered) as first,
      avg(${msSql('greatest(t.asked, c."acceptedAt")', "t.answered")}) filter (where t.asked is not null and c."acceptedAt" is not null) as mean,
      (count(*) filter (where t.asked is not null and t.answered is not null and c."acceptedAt" is not null))::int as responses
    from turns t join chosen c on c.id = t."conversationId" group by 1
  ),
  done as (
    select e."conversationId" as id,
      coalesce(sum(coalesce((e.data->>'count')::int, 1)) filter (where e.type = 'mark_drawn'), 0)::int as marks,
      (count(*) filter (where e.type = 'items_compared'))::int as comparisons,
      (count(*) filter (where e.type = 'picture_uploaded'))::int as pictures,
      min(e."occurredAt") filter (where e.type in ('item_shown', 'product_recommended') and e."productId" is not null) as product
    from chosen c join "Event" e on e."conversationId" = c.id
    where e.source = 'server' and e.type in ('mark_drawn', 'items_compared', 'picture_uploaded', 'item_shown', 'product_recommended')
    group by 1
  )
  insert into "ConversationFact" (${COLUMNS})
  select c.id, c."shopId", ${dayOf('c."createdAt"', "$2")}, c.status, c."lastSeq",
    case when c.status = 'closed' and c."acceptedAt" is null then 'abandoned' when a.first is not null then 'answered'
      when c.status = 'closed' then 'dropped' else 'going' end,
    c."closedBy", ${msSql('c."createdAt"', 'c."acceptedAt"')}, ${msSql('c."createdAt"', "a.first")}, round(a.mean)::bigint, coalesce(a.responses, 0),
    ${msSql('c."acceptedAt"', 'c."closedAt"')}, coalesce(t.customer, 0), coalesce(t.agent, 0), coalesce(d.pictures, 0),
    coalesce(n.seen, 0), coalesce(n.shown, 0), coalesce(n.drawn, 0), coalesce(n.recommended, 0), coalesce(n.carted, 0), coalesce(n.bought, 0),
    coalesce(d.marks, 0), coalesce(d.comparisons, 0), ${msSql('c."acceptedAt"', "d.product")}
  from chosen c left join talk t on t.id = c.id left join answers a on a.id = c.id left join done d on d.id = c.id left join counts n on n.id = c.id
  on conflict ("conversationId") do update set (${COLUMNS}) = (select ${COLUMNS.split(",")
    .map((column) => `excluded.${column.trim()}`)
    .join(", ")})`;
