/** Reports that fit on a screen, as files: by the name in their address. Conversations, which may be any number, are read row by row instead. */
import type { Cell } from "@/lib/insights/csv";
import type { Question } from "@/lib/insights/question";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadPeople } from "@/lib/insights/reports/people";
import type { Locale } from "@/lib/protocol/locales";
import { influenceTable } from "@/lib/ui/insights/influence/influence-table";
import { peopleTable } from "@/lib/ui/insights/people/people-table";
import { peopleWords } from "@/lib/ui/insights/people/words";

interface TableReport {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** The report itself, for JSON. */
  readonly whole: unknown;
}
type LoadTable = (question: Question, locale: Locale) => Promise<TableReport>;

export const tableReports: ReadonlyMap<string, LoadTable> = new Map([
  [
    "influence",
    async (question, locale) => {
      const influence = await loadInfluence(question);
      return { ...influenceTable(influence, locale), whole: influence };
    },
  ],
  [
    "people",
    async (question, locale) => {
      const league = await loadPeople(question);
      return { ...peopleTable(league, peopleWords(locale)), whole: league };
    },
  ],
]);
