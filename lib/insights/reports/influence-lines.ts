/** The order lines behind a figure of the influence report: what moved when, and for which conversation (SPEC.md, AT27). */
import * as z from "zod/mini";
import { type CreditKind, creditKinds } from "../attribution";
import { countedParameters, countedSql } from "../internal/influence-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";

const rowSchema = z.object({
  kind: z.enum(creditKinds),
  /** Of the shop's time zone. */
  day: z.string(),
  /** The shop's own id of the order. */
  orderId: z.string(),
  confirmed: z.boolean(),
  /** Empty when the catalogue does not know it. */
  title: z.string(),
  externalId: z.string(),
  conversationId: z.string(),
  /** Empty when nobody of the shop is credited, or she is gone. */
  agent: z.string(),
  /** When that happened which it is credited to, milliseconds since 1970. */
  touchedAt: z.number(),
  currency: z.string(),
  /** This conversation's part, minor units: below zero when it was given back. */
  minor: z.number(),
  /** The whole line at that moment, or what was given back of it. */
  wholeMinor: z.number(),
});
export type InfluenceLine = z.infer<typeof rowSchema>;

export interface InfluenceLines {
  readonly rows: readonly InfluenceLine[];
  /** On all pages. */
  readonly total: number;
}

const sql = `
  with ${countedSql},
  page as (
    select *, count(*) over ()::int as total from counted where kind = $6
    order by "movedAt" desc, "lineId", n desc, "conversationId", "memberId" limit $7::int offset $8::int
  )
  select g.kind, g.day, o."externalId" as "orderId", g.confirmed, coalesce(g.title, l.title) as title, g."externalId", g."conversationId",
    coalesce((select u.name from "Member" m join "User" u on u.id = m."userId" where m.id = g."memberId"), '') as agent,
    round(extract(epoch from g."touchedAt") * 1000)::float8 as "touchedAt", g.currency, g.minor::float8 as minor,
    (select sum(k.minor) from "Credit" k where k."lineId" = g."lineId" and k.n = g.n)::float8 as "wholeMinor", g.total
  from page g join "OrderLine" l on l.id = g."lineId" join "Order" o on o.id = l."orderId"
  order by g."movedAt" desc, g."lineId", g.n desc, g."conversationId", g."memberId"`;

export async function loadInfluenceLines(
  question: Question,
  kind: CreditKind,
  page: { readonly limit: number; readonly offset: number },
): Promise<InfluenceLines> {
  const parameters = [...countedParameters(question), kind, page.limit, page.offset];
  const rows = z.array(z.extend(rowSchema, { total: z.number() })).parse(await runSql(sql, parameters));
  return { rows, total: rows[0]?.total ?? 0 };
}
