/** Five figures for a range. Recommendations are counted as in bought-recommendations. */
import * as z from "zod/mini";
import { cohortSql } from "../internal/attribution-sql";
import { runSql } from "../internal/run-sql";
import { moneySchema } from "../money";
import type { Range } from "../range";

const summarySchema = z.object({
  /** Begun in the range. */
  conversations: z.number(),
  /** Different products shown on the panel, counted once a conversation. */
  shown: z.number(),
  /** Recommendations: agent, conversation, product. */
  recommended: z.number(),
  /** Of these, bought within the window. */
  bought: z.number(),
  /** Of the order lines credited to them. */
  revenue: moneySchema,
  /** The part of it that only browsers claim, and no server of the shop has proven. */
  claimed: moneySchema,
});
export type Summary = z.infer<typeof summarySchema>;

const moneyOf = (lines: string) => `
    (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor) order by currency), '[]')
      from (select currency, sum(minor) as minor from ${lines} group by currency) m)`;

const sql = `
  with ${cohortSql}
  select
    (select count(*) from "Conversation" where "shopId" = $1 and "createdAt" >= $2::timestamptz and "createdAt" < $3::timestamptz)::int
      as conversations,
    (select count(distinct ("conversationId", "productId")) from "Event"
      where "shopId" = $1 and type = 'item_shown' and source = 'server' and "productId" is not null
        and "occurredAt" >= $2::timestamptz and "occurredAt" < $3::timestamptz)::int as shown,
    (select count(*) from cohort)::int as recommended,
    (select count(distinct ("memberId", "conversationId", "productId")) from cohort_lines)::int as bought,
    ${moneyOf("cohort_lines")} as revenue,
    ${moneyOf("cohort_lines where not confirmed")} as claimed`;

export async function loadSummary(input: {
  readonly shopId: string;
  readonly range: Range;
}): Promise<Summary> {
  const { from, to } = input.range;
  const rows = await runSql(sql, [input.shopId, from.toISOString(), to.toISOString()]);
  const [summary] = z.tuple([summarySchema]).parse(rows);
  return summary;
}
