/** Revenue day by day, one chart a currency: gained on the day of the order, taken back on the day of the refund. */
import type { Unit } from "@/lib/insights/range";
import type { DayRow, Influence } from "@/lib/insights/reports/influence";
import { LineChart, type LineSeries } from "@/lib/ui/charts/line-chart";
import { translator } from "@/lib/ui/messages/define";
import { insightsChartsMessages } from "@/lib/ui/messages/insights-charts";
import { formatMoney } from "../format";
import { pointWords } from "../overview/point-words";
import styles from "./influence.module.css";
import type { InfluencePartProps } from "./influence-props";

export function DayCharts(
  props: InfluencePartProps & {
    readonly influence: Influence;
    /** Days, weeks or months of the range, each by its first day, such as 2026-03-29. */
    readonly points: { readonly unit: Unit; readonly days: readonly string[] };
    /** For each of them the page asked about it alone. */
    readonly pointHrefs: readonly string[];
  },
) {
  const { t, locale, influence } = props;
  const { unit, days } = props.points;
  const words = translator(insightsChartsMessages, locale);
  const currencies = [...new Set(influence.days.map(({ currency }) => currency))];
  return (
    <div className={styles.charts}>
      {currencies.map((currency) => {
        const rows = influence.days.filter((row) => row.currency === currency);
        return (
          <div key={currency}>
            <h3>{t("days", { currency })}</h3>
            <LineChart
              id={`days-${currency}`}
              name={t("days", { currency })}
              locale={locale}
              pointsName={words(unit)}
              points={pointWords(days, unit, locale).map((label, index) => ({
                label,
                href: props.pointHrefs[index],
              }))}
              series={seriesOf(rows, days, t)}
              format={(minor) => formatMoney(minor, currency, locale)}
            />
          </div>
        );
      })}
    </div>
  );
}

function seriesOf(
  rows: readonly DayRow[],
  days: readonly string[],
  t: InfluencePartProps["t"],
): readonly LineSeries[] {
  const sum = (amount: (row: DayRow) => number) => {
    const sums = new Map(days.map((day) => [day, 0]));
    for (const row of rows) {
      // The day, or the first of its week or month.
      const point = days.findLast((day) => day <= row.day) ?? row.day;
      sums.set(point, (sums.get(point) ?? 0) + amount(row));
    }
    return days.map((day) => sums.get(day) ?? 0);
  };
  return [
    {
      name: t("seriesDirect"),
      look: "main",
      values: sum((row) => (row.kind === "recommended" ? row.gained : 0)),
    },
    {
      name: t("seriesAssisted"),
      look: "second",
      values: sum((row) => (row.kind === "recommended" ? 0 : row.gained)),
    },
    { name: t("seriesTaken"), look: "before", values: sum((row) => row.taken) },
  ];
}
