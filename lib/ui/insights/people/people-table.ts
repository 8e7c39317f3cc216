/** The report on people as rows of a file: every figure of the screen, times in seconds, amounts in the currency's own unit. */
import type { Agent, PeopleLeague } from "@/lib/insights/people-league";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";
import { majorOf } from "../format";
import { ruleHead, ruleWords } from "../rule-note";
import { agentName, type PeopleWords, peopleWords } from "./words";

type Cell = string | number | null;

export interface PeopleTable {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const times = ["wait", "first", "reply", "duration"] as const;

export function peopleTable(
  { agents, shop }: PeopleLeague,
  rule: AttributionRule,
  locale: Locale,
): PeopleTable {
  const t = peopleWords(locale);
  const currencies = (shop?.revenue ?? []).map(({ currency }) => currency);
  return {
    name: "people",
    head: [
      ...([t("agent"), t("taken"), t("csvAnsweredCount"), t("csvDropped")] as const),
      ...times.flatMap((time) =>
        (["csvMedian", "csvP90", "csvMean"] as const).map((key) => t(key, { name: t(time) })),
      ),
      ...([t("recommended"), t("buying"), t("orders"), t("piecesPerOrder"), t("conversion")] as const),
      ...([t("csvLow", { name: t("conversion") }), t("csvHigh", { name: t("conversion") })] as const),
      ...([t("csvRatings"), t("satisfaction")] as const),
      ...([t("csvLow", { name: t("satisfaction") }), t("csvHigh", { name: t("satisfaction") })] as const),
      ...([t("csvFrom"), t("csvTo"), t("csvStanding")] as const),
      ...currencies.flatMap((currency) => {
        const name = t("revenueName", { currency });
        const revenue = `${t("revenue")} ${currency}`;
        return [
          revenue,
          t("csvClaimed", { name: revenue }),
          name,
          t("csvLow", { name }),
          t("csvHigh", { name }),
        ];
      }),
      ruleHead(locale),
    ],
    rows: agents.map((agent) => [...cellsOf(agent, currencies, t), ruleWords(rule, locale)]),
  };
}

function cellsOf(agent: Agent, currencies: readonly string[], t: PeopleWords): Cell[] {
  const { taken, answered, dropped, recommended, buying, orders, pieces, conversion, satisfaction, rank } =
    agent;
  // What the screen hides of a few conversations, the file hides as well.
  const shown = (value: Cell): Cell => (agent.tooFew ? null : value);
  return [
    agentName(agent, t),
    taken,
    shown(answered),
    shown(dropped),
    ...times.flatMap((time) => {
      const spread = agent[time];
      return [spread?.median ?? null, spread?.p90 ?? null, spread?.mean ?? null].map(shown);
    }),
    recommended,
    ...[buying, orders, orders === 0 ? null : pieces / orders].map(shown),
    ...[conversion.value, conversion.low, conversion.high].map(shown),
    ...[agent.rated, satisfaction?.value ?? null, satisfaction?.low ?? null, satisfaction?.high ?? null].map(
      shown,
    ),
    rank?.first ?? null,
    rank?.last ?? null,
    rank === null ? null : t(rank.standing),
    ...currencies.flatMap((currency) => {
      const figures = agent.revenue.find((one) => one.currency === currency);
      const each = figures?.perConversation;
      const amounts = [figures?.minor, figures?.claimed, each?.value, each?.low, each?.high];
      return amounts.map((minor) => shown(majorOf(minor ?? 0, currency)));
    }),
  ];
}
