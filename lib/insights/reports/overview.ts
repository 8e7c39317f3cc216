/**
 * What a shop's conversations came to, in all and over time (SPEC.md, IN175-IN179). Conversations are those of the question;
 * visits are days of visitors on the shop's pages, of everybody with such a device and language: nobody is an agent's visitor.
 */
import * as z from "zod/mini";
import { SATISFIED_FROM } from "@/lib/protocol/rating";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { measuredSql } from "../internal/measured-sql";
import { runSql } from "../internal/run-sql";
import { visitsSql } from "../internal/visits-sql";
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

const pointOf = (moment: string) => `to_char(date_trunc($6, ${moment} at time zone $5), 'YYYY-MM-DD')`;

const sql = `
  with measured as (${measuredSql(chosenSql, "all")}),
  talks as (
    select coalesce(point, '') as point, count(*) as conversations, count(*) filter (where answered) as answered,
      count(*) filter (where "firstAnswerSeconds" <= ${ANSWERED_WITHIN_SECONDS}) as "inTime", count(*) filter (where taken) as taken,
      count(*) filter (where taken and "ordersInRange" > 0) as ordered, sum(recommended) as recommended, sum("recommendationsBought") as "recommendationsBought",
      count(score) as rated, count(*) filter (where score >= ${SATISFIED_FROM}) as satisfied
    from (select *, ${pointOf('"createdAt"')} as point from measured) m group by grouping sets ((point), ())
  ),
  ${visitsSql}
  select point, ${names.map((name) => `coalesce("${name}", 0)::int as "${name}"`).join(", ")}
  from talks full join visits using (point)`;

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
