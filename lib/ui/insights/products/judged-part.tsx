/** Shown, and bought or not: an interval for each of the most shown, and in words only what the intervals allow (IN154). */
import type { ProductRow, Products } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import styles from "./products.module.css";
import { type ProductsWords, productsWords } from "./words";

/** Most shown products in the chart; of those that stand out, as many more. */
const ROWS = 12;

export function JudgedPart(props: {
  readonly locale: Locale;
  readonly report: Products;
  readonly productHref: (productId: string) => string;
  readonly behindHref: string;
  /** Of the shop's window, after a conversation. */
  readonly days: number;
}) {
  const { locale, report } = props;
  const t = productsWords(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const rows = chartRows(report.rows);
  if (report.soldOfShown === null) return null;
  return (
    <ReportSection
      id="judged"
      locale={locale}
      title={t("judgedTitle")}
      definition={[t("judgedDef"), t("judgedDef2")]}
      behindHref={props.behindHref}
    >
      <WindowNote days={props.days} locale={locale} />
      <p className={styles.said} data-testid="products-said">
        {saidOf(report.rows, locale, t)}
      </p>
      <IntervalChart
        name={t("judgedTitle")}
        locale={locale}
        rowName={t("product")}
        valueName={t("soldOfShown")}
        format={(value) => percent.format(value)}
        reference={{ label: t("allProducts"), value: report.soldOfShown }}
        rows={rows.map((row) => ({
          id: row.productId,
          label: row.title,
          href: props.productHref(row.productId),
          value: row.sold?.value ?? null,
          low: row.sold?.low ?? null,
          high: row.sold?.high ?? null,
          note: noteOf(row, t),
          muted: row.verdict === "unclear",
        }))}
      />
    </ReportSection>
  );
}

/** Those that stand out first, then the most shown. */
function chartRows(all: readonly ProductRow[]): ProductRow[] {
  const shown = all.filter((row) => row.shown > 0);
  const apart = shown.filter((row) => row.verdict !== "unclear").slice(0, ROWS);
  const others = shown.filter((row) => row.verdict === "unclear").sort((a, b) => b.shown - a.shown);
  return [...apart, ...others.slice(0, ROWS)];
}

function noteOf({ boughtOfShown, shown, verdict }: ProductRow, t: ProductsWords): string {
  const of = t("showings", { bought: boughtOfShown, shown });
  return verdict === "unclear" ? of : `${of} · ${t(verdict)}`;
}

function saidOf(rows: readonly ProductRow[], locale: Locale, t: ProductsWords): string {
  const list = new Intl.ListFormat(locale);
  const named = (verdict: ProductRow["verdict"]) =>
    list.format(rows.filter((row) => row.verdict === verdict).map(({ title }) => title));
  const [less, more] = [named("less"), named("more")];
  if (less === "" && more === "") return t("saidNone");
  return [less && t("saidLess", { names: less }), more && t("saidMore", { names: more })]
    .filter((words) => words !== "")
    .join(" ");
}
