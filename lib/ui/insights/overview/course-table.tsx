import type { Overview, OverviewFigures } from "@/lib/insights/reports/overview";
import type { Locale } from "@/lib/protocol/locales";
import { ChartTable } from "@/lib/ui/charts/chart-table";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { insightsChartsMessages } from "@/lib/ui/messages/insights-charts";
import type { InsightsOverviewKey } from "@/lib/ui/messages/insights-overview";
import { formatCount, formatMoney } from "../format";
import { percentOf } from "./change";
import { pointWords } from "./point-words";

/** Every number that the figures' small courses draw; each row opens its conversations. */
export function CourseTable(props: {
  readonly t: Translate<InsightsOverviewKey>;
  readonly locale: Locale;
  readonly now: Overview;
  /** Of the main currency, for each point; none where nothing was sold in either period. */
  readonly revenue: { readonly currency: string | undefined; readonly course: readonly number[] };
  /** Of few: no rate. */
  readonly shareOf: (part: number, whole: number) => number | null;
  readonly seconds: number;
  readonly pointHrefs: readonly string[];
}) {
  const { t, locale, now, shareOf, revenue } = props;
  const { unit, points } = now;
  const { currency } = revenue;
  const charts = translator(insightsChartsMessages, locale);
  const labels = pointWords(
    points.map(({ day }) => day),
    unit,
    locale,
  );
  const rate = (point: OverviewFigures, part: keyof OverviewFigures, whole: keyof OverviewFigures) => {
    const share = shareOf(point[part], point[whole]);
    return share === null ? "–" : percentOf(share, locale);
  };
  return (
    <ChartTable
      caption={t("figures")}
      summary={charts("table")}
      head={[
        ...[charts(unit), t("visits"), t("conversations"), t("inTime", { seconds: props.seconds })],
        ...[t("conversion"), t("satisfaction")],
        ...(currency === undefined ? [] : [`${t("revenue")}, ${currency}`]),
      ]}
      rows={points.map((point, index) => ({
        id: point.day,
        label: labels[index] ?? point.day,
        href: props.pointHrefs[index],
        cells: [
          ...[formatCount(point.visits, locale), formatCount(point.conversations, locale)],
          rate(point, "inTime", "conversations"),
          rate(point, "ordered", "taken"),
          rate(point, "satisfied", "rated"),
          ...(currency === undefined ? [] : [formatMoney(revenue.course[index] ?? 0, currency, locale)]),
        ],
      }))}
    />
  );
}
