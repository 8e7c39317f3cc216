/** How many visits there are on each day, and on which days a page of all of them lies (SPEC.md, IN242). */
import * as z from "zod/mini";
import { chosenParameters } from "../internal/chosen-sql";
import { runSql } from "../internal/run-sql";
import { visitPartsSql } from "../internal/visits-sql";
import type { Question } from "../question";

export const visitStates = ["all", "alone", "orderedAlone"] as const;
export type VisitState = (typeof visitStates)[number];

/** Whatever is none of them shows all. */
export function parseVisitState(text: string | undefined): VisitState {
  return visitStates.find((state) => state === text) ?? "all";
}

/** Of the shop's time zone, such as 2026-03-29. */
export type Days = readonly [first: string, last: string];

interface DayCount {
  readonly day: string;
  readonly visits: number;
}

/** Of the visitors who came once, and how many of the others' visits. */
const countedSql: Record<VisitState, readonly [kept: string, condition: string]> = {
  all: ["visits", "true"],
  alone: ["alone", "not talked"],
  orderedAlone: ['"orderedAlone"', 'not talked and "paidAtAll"'],
};

/** Parameters: those of `visitPartsSql`. One row has no day: all customers. */
const daysSqlOf = (state: VisitState) => {
  const [kept, condition] = countedSql[state];
  return `
  with ${visitPartsSql},
  others as materialized (select who, point, visits from often where ${condition})
  select to_char(point, 'YYYY-MM-DD') as day, sum(n)::float8 as visits
  from (select point, ${kept} as n from kept union all select point, visits from others) d group by point having sum(n) > 0
  union all
  select null, (select coalesce(sum(${kept}), 0) from kept)::float8 + (select count(distinct who) from others)
  order by 1 desc nulls first`;
};

const daysSqls: Record<VisitState, string> = {
  all: daysSqlOf("all"),
  alone: daysSqlOf("alone"),
  orderedAlone: daysSqlOf("orderedAlone"),
};
const countsSchema = z.array(z.object({ day: z.nullable(z.string()), visits: z.number() }));

/** Days that had any, newest first, and the different customers of all of them. */
export async function countVisitsByDay(
  question: Question,
  state: VisitState,
): Promise<{ readonly days: readonly DayCount[]; readonly customers: number }> {
  const parameters = [...chosenParameters(question), question.timeZone, "day"];
  const counts = countsSchema.parse(await runSql(daysSqls[state], parameters));
  const days = counts.flatMap(({ day, visits }) => (day === null ? [] : [{ day, visits }]));
  return { days, customers: counts.find(({ day }) => day === null)?.visits ?? 0 };
}

/**
 * The few days on which a page of all visits lies, and how many of theirs come before it: sorting a year's visits for fifty of them
 * takes seconds. Null past the last page.
 */
export function placeOf(
  counts: readonly DayCount[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly days: Days; readonly offset: number } | null {
  const on: string[] = [];
  let before = 0;
  let newer = 0;
  for (const { day, visits } of counts) {
    if (before >= offset + limit) break;
    if (before + visits > offset) on.push(day);
    else newer += visits;
    before += visits;
  }
  const [last, first] = [on[0], on.at(-1)];
  return first === undefined || last === undefined ? null : { days: [first, last], offset: offset - newer };
}
