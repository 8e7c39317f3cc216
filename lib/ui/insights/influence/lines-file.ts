/** The order lines behind the influence report as rows of a file (AT27); amounts in the currency's own unit. */
import type { Cell } from "@/lib/insights/csv";
import type { InfluenceLine } from "@/lib/insights/reports/influence-lines";
import { majorOf } from "../format";

export function linesFile(lines: readonly InfluenceLine[]) {
  return {
    head: [
      ...["kind", "day", "order", "confirmed", "product", "id", "conversation", "agent", "creditedFor"],
      ...["currency", "amount", "wholeLine"],
    ],
    rows: lines.map((line): Cell[] => [
      ...[line.kind, line.day, line.orderId, Number(line.confirmed), line.title, line.externalId],
      ...[line.conversationId, line.agent, new Date(line.touchedAt).toISOString(), line.currency],
      ...[majorOf(line.minor, line.currency), majorOf(line.wholeMinor, line.currency)],
    ]),
  };
}
