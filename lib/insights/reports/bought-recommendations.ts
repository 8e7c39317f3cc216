/**
 * Recommendations of a range that were bought, by agent and by product. A recommendation is one agent, conversation and
 * product; each order line counts once, for the last recommendation that fits (SPEC.md, AT1-AT8).
 */
import * as z from "zod/mini";
import { cohortSql } from "../internal/attribution-sql";
import { runSql } from "../internal/run-sql";
import { moneySchema } from "../money";
import type { Range } from "../range";

/** Rows of one grouping; more products than this were never recommended in a year by a shop we know. */
const MAX_ROWS = 5_000;

const rowSchema = z.object({
  grouping: z.enum(["agent", "product"]),
  /** Member or product id; empty when the agent is unknown. */
  id: z.string(),
  /** Empty when the agent or product is gone. */
  name: z.string(),
  recommended: z.number(),
  bought: z.number(),
  /** Pieces on the credited lines. */
  pieces: z.number(),
  revenue: moneySchema,
});
export type BoughtRow = z.infer<typeof rowSchema>;

export interface BoughtRecommendations {
  readonly byAgent: readonly BoughtRow[];
  readonly byProduct: readonly BoughtRow[];
}

const sql = `
  with ${cohortSql},
  units as (
    select "memberId", "conversationId", "productId", sum(quantity)::int as pieces
    from (select *, null::numeric as quantity from cohort union all select "memberId", "conversationId", "productId", quantity from cohort_lines) u
    group by 1, 2, 3
  ),
  counts as (
    select case when grouping(c."memberId") = 0 then 'agent' else 'product' end as grouping,
      coalesce(c."memberId", c."productId") as id, count(*)::int as recommended, count(c.pieces)::int as bought,
      coalesce(sum(c.pieces), 0)::int as pieces
    from units c
    group by grouping sets ((c."memberId"), (c."productId"))
  ),
  money as (
    select case when grouping("memberId") = 0 then 'agent' else 'product' end as grouping,
      coalesce("memberId", "productId") as id, currency, sum(minor) as minor
    from cohort_lines group by grouping sets (("memberId", currency), ("productId", currency))
  )
  select c.grouping, c.id, coalesce(u.name, p.title, '') as name, c.recommended, c.bought, c.pieces,
    coalesce((select jsonb_agg(jsonb_build_object('currency', m.currency, 'minor', m.minor) order by m.currency)
      from money m where m.grouping = c.grouping and m.id = c.id), '[]') as revenue
  from counts c
  left join "Member" mb on c.grouping = 'agent' and mb.id = c.id and mb."shopId" = $1
  left join "User" u on u.id = mb."userId"
  left join "Product" p on c.grouping = 'product' and p.id = c.id and p."shopId" = $1
  order by c.grouping, c.bought desc, c.recommended desc, name, c.id
  limit $4::int`;

export async function loadBoughtRecommendations(input: {
  readonly shopId: string;
  readonly range: Range;
}): Promise<BoughtRecommendations> {
  const { from, to } = input.range;
  const parameters = [input.shopId, from.toISOString(), to.toISOString(), 2 * MAX_ROWS];
  const rows = z.array(rowSchema).parse(await runSql(sql, parameters));
  return {
    byAgent: rows.filter((row) => row.grouping === "agent"),
    byProduct: rows.filter((row) => row.grouping === "product"),
  };
}
