/**
 * What a shop's conversations came to, in all and over time (SPEC.md, IN175-IN179). Conversations are those of the question;
 * visits are days of visitors on the shop's pages, of everybody with such a device and language: nobody is an agent's visitor.
 */
import * as z from "zod/mini";
import { SATISFIED_FROM } from "@/lib/protocol/rating";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { isEarnedSql } from "../internal/people-sql";
import { runSql } from "../internal/run-sql";
import { orderedDuring, visitsSql } from "../internal/visits-sql";
import type { Question } from "../question";
import { pointsOf, type Unit } from "../range";
import { ANSWERED_WITHIN_SECONDS } from "./conversation-states";

const figuresSchema = z.object({
  visits: z.number(),
  conversations: z.number(),
  /** Of the conversations: somebody of the shop wrote, and within the stated time. */
  answered: z.number(),
  inTime: z.number(),
  /** Of those that somebody accepted, the ones with an order before the range ended: cut as it is for those without one. */
  taken: z.number(),
  ordered: z.number(),
  /** Customers who had no conversation, and of these who ordered. */
  alone: z.number(),
  orderedAlone: z.number(),
  recommended: z.number(),
  recommendationsBought: z.number(),
  /** Of the conversations: their customer said how it was, and that it was good or very good. */
  rated: z.number(),
  satisfied: z.number(),
});
export type OverviewFigures = z.infer<typeof figuresSchema>;
const names = [
  "visits",
  "conversations",
  "answered",
  "inTime",
  "taken",
  "ordered",
  "alone",
  "orderedAlone",
  "recommended",
  "recommendationsBought",
  "rated",
  "satisfied",
] as const satisfies readonly (keyof OverviewFigures)[];

const rowSchema = z.extend(figuresSchema, { point: z.string() });

export interface Overview {
  readonly unit: Unit;
  readonly total: OverviewFigures;
  /** By the local day on which each point begins; those on which nothing happened, too. */
  readonly points: readonly (OverviewFigures & { readonly day: string })[];
}

/** By the point of a CTE `begun`, and in all as point ''. */
const byPoint = `coalesce(to_char(b.point, 'YYYY-MM-DD'), '') as point`;

/** What ./conversation-states tells of rows, counted without them: to bring together all that a row says is most of what it costs. */
const sql = `
  with ${chosenSql},
  begun as materialized (
    select id, score, "acceptedAt" is not null as taken, date_trunc($6, "createdAt" at time zone $5) as point from chosen
  ),
  paid_talks as materialized (
    -- Of a conversation begun in the range nobody ordered before it.
    select o."conversationId" from "CountedOrder" o
    where o."shopId" = $1 and o.stands and o."conversationId" is not null and ${orderedDuring("o")}
  ),
  talks as (
    select ${byPoint}, count(*) as conversations, count(k."firstResponseMs") as answered,
      count(*) filter (where k."firstResponseMs" <= ${ANSWERED_WITHIN_SECONDS * 1_000}) as "inTime", count(*) filter (where b.taken) as taken,
      count(*) filter (where b.taken and b.id in (select "conversationId" from paid_talks)) as ordered,
      sum(k.recommended) as recommended, count(b.score) as rated, count(*) filter (where b.score >= ${SATISFIED_FROM}) as satisfied
    from begun b left join "ConversationFact" k on k."conversationId" = b.id group by grouping sets ((b.point), ())
  ),
  advice as (
    select ${byPoint}, count(*) as "recommendationsBought"
    from (
      select distinct b.id, b.point, k."productId" from begun b join "Credit" k on k."conversationId" = b.id
      where ${isEarnedSql} and k."productId" is not null
    ) b group by grouping sets ((b.point), ())
  ),
  ${visitsSql}
  select point, ${names.map((name) => `coalesce("${name}", 0)::int as "${name}"`).join(", ")}
  from talks full join visits using (point) left join advice using (point)`;

const NOTHING: OverviewFigures = {
  visits: 0,
  conversations: 0,
  answered: 0,
  inTime: 0,
  taken: 0,
  ordered: 0,
  alone: 0,
  orderedAlone: 0,
  recommended: 0,
  recommendationsBought: 0,
  rated: 0,
  satisfied: 0,
};

export async function loadOverview(question: Question): Promise<Overview> {
  const { unit, days } = pointsOf(question.range, question.timeZone);
  const parameters = [...chosenParameters(question), question.timeZone, unit];
  const rows = z.array(rowSchema).parse(await runSql(sql, parameters));
  const at = new Map(rows.map(({ point, ...figures }) => [point, figures]));
  return {
    unit,
    total: at.get("") ?? NOTHING,
    points: days.map((day) => ({ ...(at.get(day) ?? NOTHING), day })),
  };
}
