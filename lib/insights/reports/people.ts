/**
 * What each agent's conversations came to (SPEC.md, IN130-IN142): how fast, how many bought, for how much, and how sure
 * that is. Holds nothing of any customer.
 */
import * as z from "zod/mini";
import { SATISFIED_FROM } from "@/lib/protocol/rating";
import { chosenParameters } from "../internal/chosen-sql";
import { type Habit, habits, peopleRowSchema } from "../internal/people-row";
import { peopleSql } from "../internal/people-sql";
import { runSql } from "../internal/run-sql";
import { spreadSql } from "../internal/spread";
import { leagueOf, type PeopleLeague } from "../people-league";
import type { Question } from "../question";

const habitSql = (habit: Habit) => `
      jsonb_build_object('count', count("${habit}") filter (where taken), 'mean', coalesce(avg("${habit}") filter (where taken), 0),
        'variance', coalesce(var_pop("${habit}") filter (where taken), 0)) as "${habit}"`;

const sql = `
  with ${peopleSql},
  totals as (
    select grouping("memberId") as "all", "memberId",
      count(*)::int as conversations, count(*) filter (where taken)::int as taken,
      count(*) filter (where taken and answered)::int as answered, count(*) filter (where closed and not taken)::int as abandoned,
      count(*) filter (where closed and taken and not answered)::int as dropped,
      ${spreadSql("wait")} as wait, ${spreadSql("first")} as first, ${spreadSql("duration")} as duration,
      coalesce(sum(recommended), 0)::int as recommended, count(*) filter (where taken and orders > 0)::int as buying,
      coalesce(sum(orders) filter (where taken), 0)::int as orders, coalesce(sum(pieces) filter (where taken), 0) as pieces,
      count(score)::int as rated, count(*) filter (where score >= ${SATISFIED_FROM})::int as satisfied,
      ${habits.map(habitSql).join(",")}
    from facts group by grouping sets (("memberId"), ())
  ),
  speed as (
    select grouping("memberId") as "all", "memberId", ${spreadSql("reply")} as reply from replies group by grouping sets (("memberId"), ())
  ),
  -- Asked for by each agent, and else reckoned for each.
  money as materialized (
    select grouping("memberId") as "all", "memberId", currency, jsonb_agg(minor) as amounts, sum(claimed) as claimed
    from revenue group by grouping sets (("memberId", currency), (currency))
  )
  select case when t."all" = 0 then t."memberId" end as "memberId", coalesce(u.name, '') as name, t.conversations, t.taken, t.answered, t.abandoned, t.dropped,
    t.wait, t.first, s.reply, t.duration, t.recommended, t.buying, t.orders, t.pieces, t.rated, t.satisfied, t.products, t.marks, t.compared, t."firstProduct",
    coalesce((select jsonb_agg(jsonb_build_object('currency', m.currency, 'amounts', m.amounts, 'claimed', m.claimed) order by m.currency)
      from money m where m."all" = t."all" and m."memberId" is not distinct from t."memberId"), '[]') as revenue
  from totals t
  left join speed s on s."all" = t."all" and s."memberId" is not distinct from t."memberId"
  left join "Member" mb on mb.id = t."memberId" and mb."shopId" = $1
  left join "User" u on u.id = mb."userId"
  where t."all" = 1 or t."memberId" is not null
  order by name, "memberId"`;

export async function loadPeople(question: Question): Promise<PeopleLeague> {
  return leagueOf(z.array(peopleRowSchema).parse(await runSql(sql, chosenParameters(question))));
}
