/** The funnel as rows of a file: one a step, with what was earned at it, in the currency's own unit. */
import type { Cell } from "@/lib/insights/csv";
import type { Funnel } from "@/lib/insights/reports/funnel";
import { majorOf } from "../format";

/** @param rule by which order lines are credited, in words */
export function funnelFile({ steps, returned, ordered, kept }: Funnel, rule: string) {
  const money = { ordered, kept };
  // No step of the way: nothing comes to it through the one before.
  const counts = [...steps, { step: "returned" as const, count: returned, through: null }];
  const currencies = [...new Set([...ordered, ...kept].map(({ currency }) => currency))].sort();
  return {
    head: [
      "step",
      "count",
      "throughStepBefore",
      ...currencies.flatMap((currency) => [`earned_${currency}`, `earned_${currency}_claimed`]),
      "rule",
    ],
    rows: counts.map(({ step, count, through }): Cell[] => [
      step,
      count,
      through,
      ...currencies.flatMap((currency): Cell[] => {
        if (step !== "ordered" && step !== "kept") return [null, null];
        const earned = money[step].find((one) => one.currency === currency);
        return [majorOf(earned?.minor ?? 0, currency), majorOf(earned?.claimed ?? 0, currency)];
      }),
      rule,
    ]),
  };
}
