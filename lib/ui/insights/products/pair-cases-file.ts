/** The cases behind a pair as rows of a file. */
import type { Cell } from "@/lib/insights/csv";
import type { PairCase } from "@/lib/insights/reports/pair-cases";
import type { PairKind } from "@/lib/insights/reports/pairs";
import type { Locale } from "@/lib/protocol/locales";
import { windowWords } from "../rule-note";

/** @param days of the shop's window; what is in one order knows none */
export function pairCasesFile(rows: readonly PairCase[], kind: PairKind, days: number, locale: Locale) {
  const rule = kind === "ledTo" ? windowWords(days, locale) : null;
  return {
    head: ["at", "order", "conversation", "customer", "agent", "both", "rule"],
    rows: rows.map((row): Cell[] => [
      ...[new Date(row.at).toISOString(), row.orderId, row.conversationId, row.customer, row.agent],
      ...[Number(row.both), rule],
    ]),
  };
}
