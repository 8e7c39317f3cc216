/** One journey as rows of a file (IN20-IN25): one a step; amounts in the currency's own unit. */
import type { Cell } from "@/lib/insights/csv";
import type { Journey } from "@/lib/insights/reports/journey";
import { majorOf } from "./format";

export function journeyFile(journey: Journey) {
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    head: [
      ...["phase", "step", "from", "until", "times", "source", "by"],
      ...["productId", "id", "product", "pieces", "currency", "amount"],
    ],
    rows: journey.steps.map((step): Cell[] => [
      ...[
        step.phase,
        step.kind,
        time(step.at),
        time(step.until),
        step.times,
        step.source,
        step.who.join(", "),
      ],
      ...[step.productId, step.externalId, step.title, step.quantity, step.currency],
      step.minor === null || step.currency === null ? null : majorOf(step.minor, step.currency),
    ]),
    whole: journey,
  };
}
