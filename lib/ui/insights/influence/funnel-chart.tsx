/** How far products came, one bar a step; each opens what it counts. */
import type { FunnelCount } from "@/lib/insights/funnel-steps";
import type { Funnel } from "@/lib/insights/reports/funnel";
import { BarChart } from "@/lib/ui/charts/bar-chart";
import { ClaimedNote } from "../claimed-note";
import { formatCount, formatMoney, formatRate } from "../format";
import styles from "./influence.module.css";
import { type InfluencePartProps, stepWords } from "./influence-props";

export function FunnelChart(
  props: InfluencePartProps & {
    readonly funnel: Funnel;
    /** Of few: no rate. */
    readonly shareOf: (part: number, whole: number) => number | null;
    readonly behindHref: (count: FunnelCount) => string;
  },
) {
  const { t, locale, funnel, shareOf } = props;
  const rateOf = (part: number, whole: number) =>
    shareOf(part, whole) === null ? "" : ` (${formatRate(part, whole, locale)})`;
  const money = { ordered: funnel.ordered, kept: funnel.kept };
  const rows = funnel.steps.map(({ step, count, through }, i) => {
    const before = funnel.steps[i - 1];
    const share =
      before === undefined ? [] : [`${t("through", { count: through })}${rateOf(through, before.count)}`];
    const amounts = step === "ordered" || step === "kept" ? money[step] : [];
    return {
      id: step,
      label: t(stepWords[step]),
      href: props.behindHref(step),
      value: count,
      part: through,
      note: (
        <>
          {[...share, ...amounts.map(({ minor, currency }) => formatMoney(minor, currency, locale))].map(
            (words) => (
              <span key={words} className={styles.noted}>
                {words}
              </span>
            ),
          )}
          <ClaimedNote money={amounts} locale={locale} />
        </>
      ),
    };
  });
  return (
    <>
      <BarChart
        name={t("funnel")}
        rowName={t("step")}
        valueName={t("count")}
        rows={rows}
        format={(count) => formatCount(count, locale)}
      />
      <p className={styles.said}>
        <a href={props.behindHref("returned")}>
          {t("stepReturned")}: {formatCount(funnel.returned, locale)}
        </a>
      </p>
    </>
  );
}
