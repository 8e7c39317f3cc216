/** By which rule a figure was reckoned, in a few words beside it: without it the figure says nothing. */
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import styles from "./rule-note.module.css";

export function RuleNote(props: { readonly rule: AttributionRule; readonly locale: Locale }) {
  return <p className={styles.note}>{ruleWords(props.rule, props.locale)}</p>;
}

export function ruleWords({ model, days, halfLifeDays }: AttributionRule, locale: Locale): string {
  const t = translator(insightsInfluenceMessages, locale);
  const span = (count: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(count);
  return t("rule", { model: t(model, { halfLife: span(halfLifeDays) }), days: span(days) });
}
