/** Conversations with what came of each for the products in them (SPEC.md, IN20-IN25): the rows of the list, of files and of the API. */
import * as z from "zod/mini";
import { journeyCountsSql } from "../internal/journey-counts-sql";
import { conversationWindow, journeyStepsSql } from "../internal/journey-sql";
import { claimedMoneySchema } from "../money";

export const journeyRowSchema = z.object({
  conversationId: z.string(),
  customer: z.string(),
  /** Empty when nobody accepted it, or she is gone. */
  agent: z.string(),
  status: z.enum(["waiting", "open", "closed"]),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  endedAt: z.nullable(z.number()),
  /** Different products. */
  seen: z.number(),
  shown: z.number(),
  drawn: z.number(),
  recommended: z.number(),
  carted: z.number(),
  /** Bought, and the value of these lines: from the conversation's beginning on. */
  bought: z.number(),
  value: claimedMoneySchema,
});

/**
 * @param page the conversations that are wanted, newest first: "pageId" and how many there are in all, total
 * @param more further columns of theirs, from page
 */
export const journeyRowsSql = (page: string, more: readonly string[] = []) => `
  with page as (${page}
  ),
  convs as (
    select ${conversationWindow}, c."memberId", c.status, page.total${more.map((column) => `, page."${column}"`).join("")} from page join "Conversation" c on c.id = page."pageId"
  ),
  ${journeyStepsSql},
  ${journeyCountsSql},
  money as (
    select id, jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor, 'claimed', claimed) order by currency) as value
    from (select s."conversationId" as id, s.currency, sum(s.minor) as minor, coalesce(sum(s.minor) filter (where s.source = 'browser'), 0) as claimed
      from steps s where s.kind = 'bought' and s.since group by 1, 2) m
    group by 1
  )
  select c.id as "conversationId", c.total::int as total, c.status,
    coalesce((select pt.name from "Participant" pt where pt."conversationId" = c.id and pt.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = c."memberId"), '') as agent,
    round(extract(epoch from c."startedAt") * 1000)::float8 as "startedAt",
    round(extract(epoch from c."endedAt") * 1000)::float8 as "endedAt",
    coalesce(n.seen, 0) as seen, coalesce(n.shown, 0) as shown, coalesce(n.drawn, 0) as drawn, coalesce(n.recommended, 0) as recommended, coalesce(n.carted, 0) as carted, coalesce(n.bought, 0) as bought,
    coalesce(m.value, '[]') as value${more.map((column) => `, c."${column}"`).join("")}
  from convs c left join counts n on n.id = c.id left join money m on m.id = c.id
  order by c."startedAt" desc, c.id desc`;
