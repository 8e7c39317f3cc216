/** What a count of the funnel counts, one row each: the product and the conversation behind it (SPEC.md, AT34). */
import * as z from "zod/mini";
import type { FunnelCount } from "../funnel-steps";
import { chosenParameters } from "../internal/chosen-sql";
import { earnedSql, funnelSql } from "../internal/funnel-sql";
import { runSql } from "../internal/run-sql";
import { claimedMoneySchema } from "../money";
import type { Question } from "../question";

const rowSchema = z.object({
  conversationId: z.string(),
  productId: z.string(),
  title: z.string(),
  customer: z.string(),
  /** Empty when nobody accepted it, or she is gone. */
  agent: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  shown: z.boolean(),
  drawn: z.boolean(),
  recommended: z.boolean(),
  opened: z.boolean(),
  carted: z.boolean(),
  ordered: z.boolean(),
  kept: z.boolean(),
  returned: z.boolean(),
  /** What is left of what it earned. */
  left: claimedMoneySchema,
});
export type FunnelRow = z.infer<typeof rowSchema>;

export interface FunnelRows {
  readonly rows: readonly FunnelRow[];
  /** On all pages. */
  readonly total: number;
}

const rowsSql = (condition: string) => `
  with ${funnelSql},
  page as (
    select f.*, c."createdAt", c."memberId", count(*) over ()::int as total
    from funnel f join "Conversation" c on c.id = f."conversationId"
    where ${condition} order by c."createdAt" desc, c.id desc, f.title, f."productId" limit $5::int offset $6::int
  )
  select g.*, round(extract(epoch from g."createdAt") * 1000)::float8 as "startedAt",
    coalesce((select t.name from "Participant" t where t."conversationId" = g."conversationId" and t.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = g."memberId"), '') as agent,
    (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor, 'claimed', claimed) order by currency), '[]')
      from (select currency, sum(minor) as minor, sum(claimed) as claimed from ${earnedSql("g")} group by 1) m) as left
  from page g order by g."createdAt" desc, g."conversationId" desc, g.title, g."productId"`;

const sqlOf: Record<FunnelCount | "all", string> = {
  shown: rowsSql("f.shown"),
  drawn: rowsSql("f.drawn"),
  recommended: rowsSql("f.recommended"),
  opened: rowsSql("f.opened"),
  carted: rowsSql("f.carted"),
  ordered: rowsSql("f.ordered"),
  kept: rowsSql("f.kept"),
  returned: rowsSql("f.returned"),
  all: rowsSql("true"),
};

export async function loadFunnelRows(
  question: Question,
  count: FunnelCount | "all",
  page: { readonly limit: number; readonly offset: number },
): Promise<FunnelRows> {
  const parameters = [...chosenParameters(question), page.limit, page.offset];
  const rows = z
    .array(z.extend(rowSchema, { total: z.number() }))
    .parse(await runSql(sqlOf[count], parameters));
  return { rows, total: rows[0]?.total ?? 0 };
}
