/** The report on influence as rows of a file: one a day, kind and currency, amounts in the currency's own unit, and the rule. */
import type { Influence } from "@/lib/insights/reports/influence";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsInfluenceMessages } from "@/lib/ui/messages/insights-influence";
import { majorOf } from "../format";
import { ruleWords } from "../rule-note";

type Cell = string | number;

export function influenceTable(
  influence: Influence,
  locale: Locale,
): { readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] } {
  const t = translator(insightsInfluenceMessages, locale);
  const rule = ruleWords(influence.rule, locale);
  return {
    head: [
      t("day"),
      t("csvKind"),
      t("csvCurrency"),
      t("csvGained"),
      t("seriesTaken"),
      t("left"),
      t("reported"),
      t("csvRule"),
    ],
    rows: influence.days.map(({ day, kind, currency, gained, taken, claimed }) => [
      day,
      t(kind),
      currency,
      ...[gained, taken, gained - taken, claimed].map((minor) => majorOf(minor, currency)),
      rule,
    ]),
  };
}
