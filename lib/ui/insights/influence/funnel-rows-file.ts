/** What the funnel counts as rows of a file (AT34): one a product and conversation; amounts in the currency's own unit. */
import type { Cell } from "@/lib/insights/csv";
import type { FunnelRow } from "@/lib/insights/reports/funnel-rows";
import { majorOf } from "../format";
import { funnelCounts } from "./influence-props";

/** @param rule by which order lines are credited, in words */
export function funnelRowsFile(rows: readonly FunnelRow[], rule: string) {
  const currencies = [...new Set(rows.flatMap(({ left }) => left.map(({ currency }) => currency)))].sort();
  return {
    head: [
      ...["conversation", "begun", "customer", "agent", "productId", "product", ...funnelCounts],
      ...currencies.flatMap((currency) => [`left_${currency}`, `left_${currency}_claimed`]),
      "rule",
    ],
    rows: rows.map((row): Cell[] => [
      ...[row.conversationId, new Date(row.startedAt).toISOString(), row.customer, row.agent],
      ...[row.productId, row.title, ...funnelCounts.map((count) => Number(row[count]))],
      ...currencies.flatMap((currency) => {
        const left = row.left.find((one) => one.currency === currency);
        return [majorOf(left?.minor ?? 0, currency), majorOf(left?.claimed ?? 0, currency)];
      }),
      rule,
    ]),
  };
}
