/** The conversations behind a product as rows of a file: what became of it in each. */
import type { Cell } from "@/lib/insights/csv";
import type { ProductConversation } from "@/lib/insights/reports/product-conversations";
import type { Locale } from "@/lib/protocol/locales";
import { windowWords } from "../rule-note";
import { steps } from "./words";

/** @param days of the shop's window, by which views, carts and orders are counted */
export function behindFile(rows: readonly ProductConversation[], days: number, locale: Locale) {
  return {
    head: ["conversation", "begun", "customer", "agent", ...steps, "messages", "rule"],
    rows: rows.map((row): Cell[] => [
      ...[row.conversationId, new Date(row.startedAt).toISOString(), row.customer, row.agent],
      ...steps.map((step) => Number(row[step])),
      ...[row.messages, windowWords(days, locale)],
    ]),
  };
}
