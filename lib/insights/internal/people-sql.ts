/**
 * What came of each chosen conversation, as common table expressions: `facts`, one row a conversation, with the times of
 * lib/insights/SPEC.md (IN130-IN136) in seconds. Everything of a conversation counts for who took it.
 */
import { ruleSql } from "./attribution-sql";
import { chosenSql } from "./chosen-sql";
import { secondsSql } from "./spread";

/** Of milliseconds as the roll-up of conversations keeps them. */
const secondsOf = (ms: string) => `(${ms} / 1000.0)::float8`;

/** `purchases`: orders within the shop's window after the last conversation before them that somebody took. */
const purchasesSql = `
  purchases as (
    select c.id, count(*)::int as orders, coalesce(sum(k.pieces), 0)::float8 as pieces
    from chosen c cross join rule r join "CountedOrder" k on k."conversationId" = c.id and k.stands and k."placedAt" <= c."createdAt" + r."window"
    group by c.id
  )`;

/** Of a "Credit" k: it came of a recommendation, and something of its line was kept. */
export const isEarnedSql = `k.kind = 'recommended' and k.stands`;

/** `credits`: what was earned and kept with recommendations made in chosen conversations. */
const earnedSql = `
  credits as (
    select k.* from chosen c join "Credit" k on k."conversationId" = c.id where ${isEarnedSql}
  )`;

/**
 * Of any conversations that `chosen` holds; $1 is the shop. Besides `facts`: `replies`, seconds
 * of each answer; `revenue`, by conversation and currency. A page of conversations comes to the same as the whole.
 */
export const factsSql = (chosen: string) => `${chosen},
  ${ruleSql},
  ${earnedSql},
  ${purchasesSql},
  facts as (
    select c.id, case when c."acceptedAt" is not null then coalesce(c."memberId", '') end as "memberId",
      c.score, c."acceptedAt" is not null as taken, c.status = 'closed' as closed, k."firstResponseMs" is not null as answered,
      ${secondsSql('c."createdAt"', 'c."acceptedAt"')} as wait, ${secondsOf('k."firstResponseMs"')} as first, k."repliesMs",
      ${secondsSql('c."acceptedAt"', 'c."closedAt"')} as duration, ${secondsOf('k."firstProductMs"')} as "firstProduct",
      coalesce(k.products, 0) as products, coalesce(k.recommended, 0) as recommended, coalesce(k.marks, 0) as marks,
      coalesce(k.comparisons, 0) as compared, coalesce(b.orders, 0) as orders, coalesce(b.pieces, 0) as pieces
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
