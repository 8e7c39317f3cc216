/** The reports on products as rows of a file: every figure of the screens. */
import type { Pairs } from "@/lib/insights/reports/pairs";
import type { Products } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { ruleHead, windowWords } from "../rule-note";
import { type ProductsWords, productsWords, steps } from "./words";

type Cell = string | number | null;

export interface ProductsFile {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** @param days of the shop's window, by which carts and orders are counted */
export function productsFile({ rows }: Products, days: number, locale: Locale): ProductsFile {
  const t = productsWords(locale);
  return {
    name: "products",
    head: [
      ...[t("csvId"), t("product"), ...steps.map((step) => t(step)), t("soldOfShown"), t("csvLow")],
      ...[
        t("csvHigh"),
        t("csvVerdict"),
        t("csvAsked"),
        t("csvDiscussed"),
        t("csvMessages"),
        t("csvQuestions"),
        ruleHead(locale),
      ],
    ],
    rows: rows.map((row) => [
      ...[row.productId, row.title, ...steps.map((step) => row[step])],
      ...soldCells(row, t),
      ...[row.asked, row.discussed, row.messages, row.questions, windowWords(days, locale)],
    ]),
  };
}

function soldCells({ sold, verdict }: Products["rows"][number], t: ProductsWords): Cell[] {
  return sold === null ? [null, null, null, null] : [sold.value, sold.low, sold.high, t(verdict)];
}

/** @param days of the shop's window; what is in one order knows none */
export function pairsFile({ together, ledTo }: Pairs, days: number, locale: Locale): ProductsFile {
  const t = productsWords(locale);
  const kinds = [
    [t("togetherTitle"), together, null],
    [t("ledToTitle"), ledTo, windowWords(days, locale)],
  ] as const;
  return {
    name: "product-pairs",
    head: [
      // Numbered: programs find a column by its head.
      ...[t("csvKind"), ...[1, 2].flatMap((n) => [`${t("csvId")} ${n}`, `${t("product")} ${n}`])],
      ...[t("cases"), t("rate"), t("csvLow"), t("csvHigh"), t("lift"), t("csvClaimed"), ruleHead(locale)],
    ],
    rows: kinds.flatMap(([kind, pairs, window]) =>
      pairs.map(({ first, second, support, rate, lift, claimed }) => [
        ...[kind, first.productId, first.title, second.productId, second.title, support],
        ...[rate.value, rate.low, rate.high, lift, claimed ? t("yes") : t("none"), window],
      ]),
    ),
  };
}
