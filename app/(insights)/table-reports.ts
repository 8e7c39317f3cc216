/** Reports that fit on a screen, as files: by the name in their address. Conversations, which may be any number, are read row by row instead. */
import type { Cell } from "@/lib/insights/csv";
import { withoutFew } from "@/lib/insights/people-league";
import type { Question } from "@/lib/insights/question";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadPairs } from "@/lib/insights/reports/pairs";
import { loadPeople } from "@/lib/insights/reports/people";
import { loadProducts } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { influenceTable } from "@/lib/ui/insights/influence/influence-table";
import { peopleTable } from "@/lib/ui/insights/people/people-table";
import { peopleWords } from "@/lib/ui/insights/people/words";
import { pairsFile, productsFile } from "@/lib/ui/insights/products/product-files";
import { productsWords } from "@/lib/ui/insights/products/words";

interface TableReport {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** The report itself, for JSON. */
  readonly whole: unknown;
}
type LoadTable = (question: Question, locale: Locale) => Promise<TableReport>;

export const tableReports: ReadonlyMap<string, LoadTable> = new Map<string, LoadTable>([
  [
    "influence",
    async (question, locale) => {
      const whole = await loadInfluence(question);
      return { ...influenceTable(whole, locale), whole };
    },
  ],
  [
    "people",
    async (question, locale) => {
      const league = await loadPeople(question);
      return { ...peopleTable(league, peopleWords(locale)), whole: withoutFew(league) };
    },
  ],
  [
    "products",
    async (question, locale) => {
      const whole = await loadProducts(question);
      return { ...productsFile(whole, productsWords(locale)), whole };
    },
  ],
  [
    "product-pairs",
    async (question, locale) => {
      const whole = await loadPairs(question);
      return { ...pairsFile(whole, productsWords(locale)), whole };
    },
  ],
]);
