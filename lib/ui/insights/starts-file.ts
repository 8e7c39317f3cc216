/** Where conversations begin as rows of a file; a rate of few is left out, as on the screen. */
import type { Cell } from "@/lib/insights/csv";
import type { Starts } from "@/lib/insights/reports/starts";
import type { Locale } from "@/lib/protocol/locales";
import { windowWords } from "./rule-note";

/** @param days of the shop's window, within which orders are counted */
export function startsFile({ rows }: Starts, days: number, locale: Locale) {
  return {
    head: [
      ...["kind", "name", "title", "conversations", "taken", "bought"],
      ...["boughtOfTaken", "boughtOfTaken_low", "boughtOfTaken_high", "rule"],
    ],
    rows: rows.map(({ kind, name, title, conversations, taken, bought, conversion }): Cell[] => [
      ...[kind, name, title, conversations, taken, bought],
      ...[conversion?.value ?? null, conversion?.low ?? null, conversion?.high ?? null],
      windowWords(days, locale),
    ]),
  };
}
