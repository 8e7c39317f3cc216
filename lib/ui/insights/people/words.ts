import type { Agent } from "@/lib/insights/people-league";
import type { Locale } from "@/lib/protocol/locales";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { type InsightsPeopleKey, insightsPeopleMessages } from "@/lib/ui/messages/insights-people";

export type PeopleWords = Translate<InsightsPeopleKey>;

export const peopleWords = (locale: Locale): PeopleWords => translator(insightsPeopleMessages, locale);

export const agentName = ({ name }: Pick<Agent, "name">, t: PeopleWords) => name || t("formerAgents");

/** The places that are open to her, or why she has none. */
export function placeWords({ rank, taken, memberId }: Agent, t: PeopleWords): string {
  if (rank === null) return memberId === "" ? "" : t("notRanked", { count: taken });
  return rank.first === rank.last
    ? t("place", { first: rank.first })
    : t("placeSpan", { first: rank.first, last: rank.last });
}
