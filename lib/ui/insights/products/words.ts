import type { Pair } from "@/lib/insights/reports/pairs";
import type { ProductStep } from "@/lib/insights/reports/product-conversations";
import type { ProductRow } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { type InsightsProductsKey, insightsProductsMessages } from "@/lib/ui/messages/insights-products";

export type ProductsWords = Translate<InsightsProductsKey>;

export const productsWords = (locale: Locale): ProductsWords => translator(insightsProductsMessages, locale);

/** Steps of a product in the order in which they happen. */
export const steps = [
  "seen",
  "shown",
  "drawn",
  "recommended",
  "opened",
  "carted",
  "bought",
  "returned",
] as const satisfies readonly ProductStep[];

export const sortings = [...steps, "soldOfShown", "talk"] as const;
export type Sorting = (typeof sortings)[number];

/** Highest first; those with equally much stay in the report's order. */
export function sortRows(rows: readonly ProductRow[], by: Sorting): ProductRow[] {
  const value = (row: ProductRow) =>
    by === "talk" ? row.messages : by === "soldOfShown" ? soldOrder(row) : row[by];
  return [...rows].sort((a, b) => value(b) - value(a));
}

/** Of what no rate is told nobody learns it by its place: last. */
const soldOrder = ({ sold }: ProductRow) => sold?.value ?? -1;

export function formatLift({ lift }: Pick<Pair, "lift">, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(lift);
}
