import type { Funnel } from "@/lib/insights/reports/funnel";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsOverviewKey } from "@/lib/ui/messages/insights-overview";
import { formatCount } from "../format";
import { Definition } from "../report-section";
import { RuleNote } from "../rule-note";
import styles from "./steps.module.css";

const steps = [
  ["shown", "shown"],
  ["recommended", "recommended"],
  ["ordered", "boughtStep"],
  ["kept", "kept"],
] as const satisfies readonly (readonly [Funnel["steps"][number]["step"], InsightsOverviewKey])[];

/** How far products came that were put forward: one line, which opens the whole. */
export function Steps(props: {
  readonly t: Translate<InsightsOverviewKey>;
  readonly locale: Locale;
  readonly funnel: Funnel;
  readonly href: string;
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
        {steps.map(([step, word]) => (
          <li key={step}>
            <strong>{formatCount(funnel.steps.find((one) => one.step === step)?.count ?? 0, locale)}</strong>{" "}
            {t(word)}
          </li>
        ))}
      </ol>
      <RuleNote rule={props.rule} locale={locale} />
    </section>
  );
}
