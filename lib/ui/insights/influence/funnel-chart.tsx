/** How far products came, one bar a step; each opens what it counts. */
import type { FunnelStep } from "@/lib/insights/funnel-steps";
import type { Funnel } from "@/lib/insights/reports/funnel";
import { shareOf } from "@/lib/insights/small-cells";
import { BarChart } from "@/lib/ui/charts/bar-chart";
import { formatCount, formatMoney, formatRate } from "../format";
import styles from "./influence.module.css";
import { type InfluencePartProps, stepWords } from "./influence-props";

export function FunnelChart(
  props: InfluencePartProps & {
    readonly funnel: Funnel;
    readonly behindHref: (step: FunnelStep) => string;
  },
) {
  const { t, locale, funnel } = props;
  const money = { ordered: funnel.ordered, kept: funnel.kept };
  const rows = funnel.steps.map(({ step, count, through }, i) => {
    const before = funnel.steps[i - 1];
    const share =
      before === undefined
        ? []
        : [`${t("through", { count: through })}${rateOf(through, before.count, locale)}`];
    const amounts = step === "ordered" || step === "kept" ? money[step] : [];
    return {
      id: step,
      label: t(stepWords[step]),
      href: props.behindHref(step),
      value: count,
      part: through,
      note: [...share, ...amounts.map(({ minor, currency }) => formatMoney(minor, currency, locale))].map(
        (words) => (
          <span key={words} className={styles.noted}>
            {words}
          </span>
        ),
      ),
    };
  });
  return (
    <BarChart
      name={t("funnel")}
      rowName={t("step")}
      valueName={t("count")}
      rows={rows}
      format={(count) => formatCount(count, locale)}
    />
  );
}

/** Of fewer than five none (IN179). */
function rateOf(part: number, whole: number, locale: InfluencePartProps["locale"]): string {
  return shareOf(part, whole) === null ? "" : ` (${formatRate(part, whole, locale)})`;
}
