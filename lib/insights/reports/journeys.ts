/** The conversations of a range, newest first, with what came of each (SPEC.md, IN20-IN25). */
import * as z from "zod/mini";
import { conversationWindow, journeyStepsSql } from "../internal/journey-sql";
import { runSql } from "../internal/run-sql";
import { moneySchema } from "../money";
import type { Range } from "../range";

const rowSchema = z.object({
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
  value: moneySchema,
});
export type JourneyRow = z.infer<typeof rowSchema>;

export interface Journeys {
  readonly rows: readonly JourneyRow[];
  /** Conversations in the range, on all pages. */
  readonly total: number;
}

const countKind = (kind: string, and = "") =>
  `(count(distinct coalesce(s."productId", s."externalId")) filter (where s.kind = '${kind}' ${and}))::int as "${kind}"`;

const sql = `
  with page as (
    select c.id as "pageId", count(*) over () as total from "Conversation" c
    where c."shopId" = $1 and c."createdAt" >= $2::timestamptz and c."createdAt" < $3::timestamptz
    order by c."createdAt" desc, c.id desc limit $4::int offset $5::int
  ),
  convs as (
    select ${conversationWindow}, c."memberId", c.status, page.total from page join "Conversation" c on c.id = page."pageId"
  ),
  ${journeyStepsSql},
  counts as (
    select c.id, ${["seen", "shown", "drawn", "recommended", "carted"].map((kind) => countKind(kind)).join(", ")},
      ${countKind("bought", 'and s.at >= c."startedAt"')}
    from convs c left join steps s on s."conversationId" = c.id group by c.id
  ),
  money as (
    select c.id, s.currency, sum(s.minor) as minor from convs c
    join steps s on s."conversationId" = c.id and s.kind = 'bought' and s.at >= c."startedAt" group by 1, 2
  )
  select c.id as "conversationId", c.total::int as total, c.status,
    coalesce((select pt.name from "Participant" pt where pt."conversationId" = c.id and pt.role = 'customer' limit 1), '') as customer,
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = c."memberId"), '') as agent,
    round(extract(epoch from c."startedAt") * 1000)::float8 as "startedAt",
    round(extract(epoch from c."endedAt") * 1000)::float8 as "endedAt",
    n.seen, n.shown, n.drawn, n.recommended, n.carted, n.bought,
    coalesce((select jsonb_agg(jsonb_build_object('currency', m.currency, 'minor', m.minor) order by m.currency)
      from money m where m.id = c.id), '[]') as value
  from convs c join counts n on n.id = c.id
  order by c."startedAt" desc, c.id desc`;

export async function listJourneys(input: {
  readonly shopId: string;
  readonly range: Range;
  readonly limit: number;
  readonly offset: number;
}): Promise<Journeys> {
  const { shopId, range, limit, offset } = input;
  const parameters = [shopId, range.from.toISOString(), range.to.toISOString(), limit, offset];
  const rows = z.array(z.extend(rowSchema, { total: z.number() })).parse(await runSql(sql, parameters));
  return { rows, total: rows[0]?.total ?? 0 };
}
