/** By which rule a figure was reckoned, in a few words beside it: without it the figure says nothing. */
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import styles from "./rule-note.module.css";

export function RuleNote(props: { readonly rule: AttributionRule; readonly locale: Locale }) {
  return <p className={styles.note}>{ruleWords(props.rule, props.locale)}</p>;
}

/** Beside figures for which only the window of the rule matters, since they credit nobody with a part. */
export function WindowNote(props: { readonly days: number; readonly locale: Locale }) {
  return <p className={styles.note}>{windowWords(props.days, props.locale)}</p>;
}

export function ruleWords({ model, days, halfLifeDays }: AttributionRule, locale: Locale): string {
  const t = translator(insightsInfluenceMessages, locale);
  return t("rule", { model: t(model, { halfLife: span(halfLifeDays, locale) }), days: span(days, locale) });
}

export function windowWords(days: number, locale: Locale): string {
  return translator(insightsInfluenceMessages, locale)("window", { days: span(days, locale) });
}

/** Head of a file's column with either. */
export function ruleHead(locale: Locale): string {
  return translator(insightsInfluenceMessages, locale)("csvRule");
}

function span(days: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
}
