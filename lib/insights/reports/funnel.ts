/** How far products came that were put forward in conversations, and what was earned with them (SPEC.md, AT30-AT35). */
import * as z from "zod/mini";
import { type FunnelStep, funnelSteps } from "../funnel-steps";
import { chosenParameters } from "../internal/chosen-sql";
import { earnedSql, funnelSql } from "../internal/funnel-sql";
import { runSql } from "../internal/run-sql";
import { type ClaimedMoney, claimedMoneySchema } from "../money";
import type { Question } from "../question";

const stepSchema = z.object({
  /** Products in conversations that reached it. */
  count: z.number(),
  /** Of these, those that reached the step before, too; of the first all. */
  through: z.number(),
});

const funnelSchema = z.object({
  steps: z.array(stepSchema).check(z.length(funnelSteps.length)),
  /** Products in conversations of which something came back that had been ordered. */
  returned: z.number(),
  /** Of the order lines credited to them: when they were ordered, and what is left. */
  ordered: claimedMoneySchema,
  kept: claimedMoneySchema,
});

export interface Funnel {
  readonly steps: readonly (z.infer<typeof stepSchema> & { readonly step: FunnelStep })[];
  readonly returned: number;
  readonly ordered: ClaimedMoney;
  readonly kept: ClaimedMoney;
}

const stepSql = (step: FunnelStep, i: number) => {
  const before = funnelSteps[i - 1];
  const through = before === undefined ? step : `${step} and ${before}`;
  return `jsonb_build_object('count', count(*) filter (where ${step}), 'through', count(*) filter (where ${through}))`;
};

const moneyOf = (which: string) => `
    (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor, 'claimed', claimed) order by currency), '[]')
      from (select currency, sum(minor) as minor, sum(claimed) as claimed from funnel f cross join ${earnedSql("f")} where ${which} group by 1) m)`;

const sql = `
  with ${funnelSql}
  select (select jsonb_build_array(${funnelSteps.map(stepSql).join(", ")}) from funnel) as steps,
    (select count(*)::int from funnel where returned) as returned,
    ${moneyOf("n = 0")} as ordered, ${moneyOf("true")} as kept`;

export async function loadFunnel(question: Question): Promise<Funnel> {
  const rows = await runSql(sql, chosenParameters(question));
  const [{ steps, ...counted }] = z.tuple([funnelSchema]).parse(rows);
  const named = funnelSteps.map((step, i) => ({ step, ...(steps[i] ?? { count: 0, through: 0 }) }));
  return { steps: named, ...counted };
}
