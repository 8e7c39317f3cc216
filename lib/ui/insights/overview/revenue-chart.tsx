import type { Unit } from "@/lib/insights/range";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import { LineChart } from "@/lib/ui/charts/line-chart";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { insightsChartsMessages } from "@/lib/ui/messages/insights-charts";
import type { InsightsOverviewKey } from "@/lib/ui/messages/insights-overview";
import { majorOf } from "../format";
import { ReportSection } from "../report-section";
import { RuleNote } from "../rule-note";
import { pointWords } from "./point-words";

/** The one chart of the overview: more than before, or not. */
export function RevenueChart(props: {
  readonly t: Translate<InsightsOverviewKey>;
  readonly locale: Locale;
  readonly currency: string;
  /** There are other currencies. */
  readonly several: boolean;
  readonly unit: Unit;
  readonly days: readonly string[];
  /** Minor units, added up. */
  readonly now: readonly number[];
  readonly before: readonly number[];
  readonly rule: AttributionRule;
  /** To the order lines; and for each point to those until its end, which its line has added up. */
  readonly behindHref: string;
  readonly pointHrefs: readonly string[];
  readonly csvHref: string;
  readonly jsonHref: string;
}) {
  const { t, locale, currency, unit, days } = props;
  const money = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: 1,
  });
  return (
    <ReportSection
      id="revenue"
      locale={locale}
      title={t("chart")}
      definition={[t("chartDef"), t("revenueDef"), ...(props.several ? [t("chartOther", { currency })] : [])]}
      behindHref={props.behindHref}
      behindName={t("linesBehind")}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <RuleNote rule={props.rule} locale={locale} />
      <LineChart
        id="revenue-chart"
        locale={locale}
        name={t("chart")}
        pointsName={translator(insightsChartsMessages, locale)(unit)}
        points={pointWords(days, unit, locale).map((label, index) => ({
          label,
          href: props.pointHrefs[index],
        }))}
        series={[
          { name: t("thisPeriod"), look: "main", values: props.now },
          {
            name: t("periodBefore"),
            look: "before",
            values: days.map((_, index) => props.before[index] ?? null),
          },
        ]}
        format={(minor) => money.format(majorOf(minor, currency))}
      />
    </ReportSection>
  );
}
