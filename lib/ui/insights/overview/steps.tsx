import type { FunnelCount } from "@/lib/insights/funnel-steps";
import type { Funnel } from "@/lib/insights/reports/funnel";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsOverviewKey } from "@/lib/ui/messages/insights-overview";
import { formatCount } from "../format";
import { Definition } from "../report-section";
import { RuleNote } from "../rule-note";
import styles from "./steps.module.css";

const counts = [
  ["shown", "shown"],
  ["recommended", "recommended"],
  ["opened", "openedStep"],
  ["carted", "cartedStep"],
  ["ordered", "boughtStep"],
  ["returned", "returnedStep"],
] as const satisfies readonly (readonly [FunnelCount, InsightsOverviewKey])[];

/** How far products came that were put forward: one line, which opens the whole; each number opens what it counts. */
export function Steps(props: {
  readonly t: Translate<InsightsOverviewKey>;
  readonly locale: Locale;
  readonly funnel: Funnel;
  readonly href: string;
  readonly countHref: (count: FunnelCount) => string;
  /** By which what was bought is credited. */
  readonly rule: AttributionRule;
}) {
  const { t, locale, funnel } = props;
  return (
    <section className={styles.steps} aria-labelledby="steps-title">
      <h2 id="steps-title">
        <a href={props.href}>{t("steps")}</a>
      </h2>
      <Definition locale={locale} name={t("steps")} definition={t("stepsDef")} />
      <ol>
        {counts.map(([count, word]) => (
          <li key={count}>
            <a href={props.countHref(count)}>
              <strong>{formatCount(countOf(funnel, count), locale)}</strong> {t(word)}
            </a>
          </li>
        ))}
      </ol>
      <RuleNote rule={props.rule} locale={locale} />
    </section>
  );
}

const countOf = ({ steps, returned }: Funnel, count: FunnelCount): number =>
  count === "returned" ? returned : (steps.find(({ step }) => step === count)?.count ?? 0);
