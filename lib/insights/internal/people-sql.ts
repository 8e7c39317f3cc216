/**
 * What came of each chosen conversation, as common table expressions: `facts`, one row a conversation, with the times of
 * lib/insights/SPEC.md (IN130-IN136) in seconds. Everything of a conversation counts for who took it.
 */
import { ruleSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { secondsSql } from "./spread";

/** Of milliseconds as the roll-up of conversations keeps them. */
const secondsOf = (ms: string) => `${ms}::float8 / 1000`;

/** What is known of each by itself. Read by all that follows, so that it is found once; nothing else reads `chosen`, whose rows are wide. */
const begunSql = `
  begun as (
    select c.id, c."createdAt", case when c."acceptedAt" is not null then coalesce(c."memberId", '') end as "memberId",
      c.score, c."acceptedAt" is not null as taken, c.status = 'closed' as closed, k."firstResponseMs" is not null as answered,
      ${secondsSql('c."createdAt"', 'c."acceptedAt"')} as wait, ${secondsOf('k."firstResponseMs"')} as first, k."repliesMs",
      ${secondsSql('c."acceptedAt"', 'c."closedAt"')} as duration, ${secondsOf('k."firstProductMs"')} as "firstProduct",
      coalesce(k.products, 0) as products, coalesce(k.recommended, 0) as recommended, coalesce(k.marks, 0) as marks,
      coalesce(k.comparisons, 0) as compared
    from chosen c left join "ConversationFact" k on k."conversationId" = c.id
  )`;

/** `purchases`: orders within the shop's window after the last conversation before them that somebody took. */
const purchasesSql = `
  purchases as (
    select c.id, count(*)::int as orders, coalesce(sum(k.pieces), 0)::float8 as pieces
    from begun c cross join rule r join "CountedOrder" k on k."conversationId" = c.id and k.stands and k."placedAt" <= c."createdAt" + r."window"
    group by c.id
  )`;

/** Of a "Credit" k: it came of a recommendation, and something of its line was kept. */
export const isEarnedSql = `k.kind = 'recommended' and k.stands`;

/**
 * Of any conversations that `chosen` holds; $1 is the shop. Besides `facts`: `replies`, seconds
 * of each answer; `revenue`, by conversation and currency. A page of conversations comes to the same as the whole.
 */
export const factsSql = (chosen: string) => `${chosen},
  ${ruleSql},
  ${begunSql},
  ${purchasesSql},
  facts as (
    select f.*, coalesce(b.orders, 0) as orders, coalesce(b.pieces, 0) as pieces from begun f left join purchases b using (id)
  ),
  replies as (
    select f."memberId", ${secondsOf(`unnest(f."repliesMs")`)} as reply from begun f where f.taken
  ),
  revenue as (
    select f."memberId", f.id, k.currency, sum(k.minor) as minor, coalesce(sum(k.minor) filter (where not k.confirmed), 0) as claimed
    from begun f join "Credit" k on k."conversationId" = f.id and ${isEarnedSql} where f.taken group by 1, 2, 3
  )`;

/** Of the conversations that a report is about. Parameters: those of `chosenParameters`. */
export const peopleSql = factsSql(chosenSql);
