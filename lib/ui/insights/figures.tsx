import { Info } from "lucide-react";
import type { Money } from "@/lib/insights/money";
import type { Summary } from "@/lib/insights/reports/summary";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./figures.module.css";
import { formatCount, formatMoney, formatRate } from "./format";

/** Five figures, each with its definition on demand. */
export function Figures(props: {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
  readonly summary: Summary;
}) {
  const { t, locale, summary } = props;
  const count = (value: number) => formatCount(value, locale);
  const rate = summary.recommended === 0 ? "" : formatRate(summary.bought, summary.recommended, locale);
  return (
    <section aria-label={t("figures")} className={styles.figures}>
      <Figure
        t={t}
        name={t("conversations")}
        definition={t("conversationsDef")}
        values={[count(summary.conversations)]}
      />
      <Figure t={t} name={t("shown")} definition={t("shownDef")} values={[count(summary.shown)]} />
      <Figure
        t={t}
        name={t("recommended")}
        definition={t("recommendedDef")}
        values={[count(summary.recommended)]}
      />
      <Figure
        t={t}
        name={t("bought")}
        definition={t("boughtDef")}
        values={[count(summary.bought)]}
        aside={rate}
      />
      <Figure
        t={t}
        name={t("revenue")}
        definition={t("revenueDef")}
        values={revenueLines(summary.revenue, locale, t("noRevenue"))}
        small={summary.revenue.length !== 1}
        aside={claimedWords(summary.claimed, t, locale)}
      />
    </section>
  );
}

/** What only browsers say, so that nobody takes it for proven; nothing when all of it is. */
function claimedWords(claimed: Money, t: Translate<InsightsKey>, locale: Locale): string {
  if (claimed.length === 0) return "";
  const amounts = claimed.map(({ minor, currency }) => formatMoney(minor, currency, locale));
  return t("claimedPart", { amount: new Intl.ListFormat(locale).format(amounts) });
}

function revenueLines(revenue: Money, locale: Locale, none: string): string[] {
  if (revenue.length === 0) return [none];
  return revenue.map(({ minor, currency }) => formatMoney(minor, currency, locale));
}

function Figure(props: {
  readonly t: Translate<InsightsKey>;
  readonly name: string;
  readonly definition: string;
  readonly values: readonly string[];
  readonly aside?: string;
  /** For words, and for several amounts. */
  readonly small?: boolean;
}) {
  return (
    <div className={styles.figure}>
      <div className={styles.head}>
        <h2>{props.name}</h2>
        <details>
          <summary aria-label={props.t("define", { name: props.name })}>
            <Info size={16} aria-hidden />
          </summary>
          <p>{props.definition}</p>
        </details>
      </div>
      <p className={styles.values} data-small={props.small}>
        {props.values.map((value) => (
          <span key={value}>{value}</span>
        ))}
        {props.aside ? <small>{props.aside}</small> : null}
      </p>
    </div>
  );
}
