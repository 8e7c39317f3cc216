/** What became of one product: its steps as bars, how it sells once shown, and what was asked about it. */
import type { ProductStep } from "@/lib/insights/reports/product-conversations";
import type { ProductRow } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { BarChart } from "@/lib/ui/charts/bar-chart";
import { formatCount } from "../format";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import styles from "./products.module.css";
import { type ProductsWords, productsWords, steps } from "./words";

const judgement = { less: "judgedLess", more: "judgedMore", unclear: "judgedUnclear" } as const;

export function ProductFigures(props: {
  readonly locale: Locale;
  readonly row: ProductRow;
  /** Of all products together. */
  readonly soldOfShown: number | null;
  /** To the conversations in which it came to a step. */
  readonly stepHref: (step: ProductStep) => string;
  /** Of the shop's window, before and after a conversation. */
  readonly days: number;
}) {
  const { locale, row, soldOfShown } = props;
  const t = productsWords(locale);
  return (
    <div className={styles.two}>
      <ReportSection
        id="steps"
        locale={locale}
        title={t("funnelTitle")}
        definition={[t("tableDef", { days: props.days }), t("tableDef2"), t("judgedDef"), t("judgedDef2")]}
      >
        <WindowNote days={props.days} locale={locale} />
        <BarChart
          name={t("funnelTitle")}
          rowName={t("product")}
          valueName={t("conversationsHead")}
          rows={steps.map((step) => ({
            id: step,
            label: t(step),
            href: props.stepHref(step),
            value: row[step],
          }))}
          format={(value) => formatCount(value, locale)}
        />
        <p className={styles.said}>{judgedWords(row, soldOfShown, locale, t)}</p>
      </ReportSection>
      <ReportSection id="talk" locale={locale} title={t("talkTitle")} definition={t("talkDef")}>
        <p className={styles.said}>
          {row.messages === 0
            ? t("noTalk")
            : t("talkText", {
                messages: row.messages,
                conversations: row.discussed,
                questions: row.questions,
              })}
        </p>
        <p className={styles.said}>{t("askedText", { count: row.asked })}</p>
      </ReportSection>
    </div>
  );
}

function judgedWords(row: ProductRow, usual: number | null, locale: Locale, t: ProductsWords): string {
  const { shown, boughtOfShown: bought, sold } = row;
  if (shown === 0) return t("neverShown");
  if (usual === null || sold === null) return t("judgedFew", { shown, bought });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const said = t("judgedOne", {
    shown,
    bought,
    rate: percent.format(sold.value),
    low: percent.format(sold.low),
    high: percent.format(sold.high),
    usual: percent.format(usual),
  });
  return `${said} ${t(judgement[row.verdict])}`;
}
