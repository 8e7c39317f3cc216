import type { ClaimedMoney } from "@/lib/insights/money";
import type { Overview, OverviewFigures } from "@/lib/insights/reports/overview";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsOverviewKey } from "@/lib/ui/messages/insights-overview";
import { ClaimedNote } from "../claimed-note";
import { formatCount, formatMoney } from "../format";
import { RuleNote } from "../rule-note";
import { changeOf, percentOf, pointsOf } from "./change";
import { Figure } from "./figure";
import styles from "./figures.module.css";

/** Of the main currency over time, and what is left of each. */
export interface RevenueCourse {
  readonly money: ClaimedMoney;
  readonly before: ClaimedMoney;
  readonly course: readonly number[];
}

/** Six figures: whether conversations sell more than before, and how content customers are with them. */
export function OverviewFiguresPart(props: {
  readonly t: Translate<InsightsOverviewKey>;
  readonly locale: Locale;
  readonly now: Overview;
  readonly before: OverviewFigures;
  readonly revenue: RevenueCourse;
  /** By which revenue is influenced. */
  readonly rule: AttributionRule;
  /** Of few: no rate. */
  readonly shareOf: (part: number, whole: number) => number | null;
  readonly seconds: number;
  readonly leastCell: number;
  readonly behind: (state: "all" | "inTime" | "ordered" | "rated") => string;
  /** The visits one by one: all, or of who ordered without a conversation. */
  readonly visitsBehind: (state: "all" | "orderedAlone") => string;
  /** The order lines that the revenue is made of. */
  readonly revenueHref: string;
}) {
  const { t, locale, now, before, revenue, seconds, shareOf, behind } = props;
  const { total, points } = now;
  const count = (value: number) => formatCount(value, locale);
  const rate = (share: number | null) => (share === null ? t("tooFew") : percentOf(share, locale));
  const counted = (name: "visits" | "conversations") => ({
    values: [count(total[name])],
    change: changeOf(total[name], before[name], locale),
    before: t("before", { value: count(before[name]) }),
    course: points.map((point) => point[name]),
  });
  const shared = (part: keyof OverviewFigures, whole: keyof OverviewFigures) => {
    const [share, was] = [shareOf(total[part], total[whole]), shareOf(before[part], before[whole])];
    const change = pointsOf(share, was, locale);
    return {
      values: [rate(share)],
      change: change === undefined ? undefined : t("points", { change }),
      before: t("before", { value: rate(was) }),
      course: points.map((point) => shareOf(point[part], point[whole])),
    };
  };
  const few = t("tooFewDef", { count: props.leastCell });
  const alone = shareOf(total.orderedAlone, total.alone);
  const [main] = revenue.money;
  const wasMain = revenue.before.find(({ currency }) => currency === main?.currency);
  return (
    <section className={styles.figures} aria-label={t("figures")}>
      <Figure
        locale={locale}
        name={t("visits")}
        definition={t("visitsDef")}
        href={props.visitsBehind("all")}
        {...counted("visits")}
      />
      <Figure
        locale={locale}
        name={t("conversations")}
        definition={t("conversationsDef")}
        href={behind("all")}
        {...counted("conversations")}
      />
      <Figure
        locale={locale}
        name={t("inTime", { seconds })}
        definition={[t("inTimeDef", { seconds }), few]}
        href={behind("inTime")}
        {...shared("inTime", "conversations")}
      />
      <Figure
        locale={locale}
        name={t("conversion")}
        definition={[t("conversionDef"), t("aloneDef"), few]}
        href={behind("ordered")}
        aside={alone === null ? undefined : t("alone", { rate: percentOf(alone, locale) })}
        asideHref={props.visitsBehind("orderedAlone")}
        {...shared("ordered", "taken")}
      />
      <Figure
        locale={locale}
        name={t("satisfaction")}
        definition={[t("satisfactionDef"), few]}
        href={behind("rated")}
        aside={t("ratings", { count: total.rated })}
        {...shared("satisfied", "rated")}
      />
      <Figure
        locale={locale}
        name={t("revenue")}
        definition={t("revenueDef")}
        href={props.revenueHref}
        values={
          main === undefined
            ? [t("noRevenue")]
            : revenue.money.map(({ minor, currency }) => formatMoney(minor, currency, locale))
        }
        change={main && wasMain ? changeOf(main.minor, wasMain.minor, locale) : undefined}
        before={wasMain && t("before", { value: formatMoney(wasMain.minor, wasMain.currency, locale) })}
        course={revenue.course}
        notes={
          <>
            <ClaimedNote money={revenue.money} locale={locale} />
            <RuleNote rule={props.rule} locale={locale} />
          </>
        }
      />
    </section>
  );
}
