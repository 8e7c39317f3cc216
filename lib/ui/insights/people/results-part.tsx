/** What came of each agent's conversations, in plain counts. */
import { ClaimedNote } from "../claimed-note";
import { formatCount, formatMoney } from "../format";
import { ReportSection } from "../report-section";
import { RuleNote } from "../rule-note";
import { FiguresTable } from "./figures-table";
import type { PartProps } from "./part-props";
import { agentName, peopleWords } from "./words";

export function ResultsPart({ league, locale, rule, conversationsHref }: PartProps) {
  const t = peopleWords(locale);
  const pieces = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  return (
    <ReportSection
      id="people-results"
      locale={locale}
      title={t("resultsTitle")}
      definition={[t("resultsDef1"), t("resultsDef2")]}
      behindHref={conversationsHref({ state: "recommended" })}
    >
      <RuleNote rule={rule} locale={locale} />
      <FiguresTable
        caption={t("resultsTitle")}
        rowName={t("agent")}
        columns={(["recommended", "buying", "orders", "piecesPerOrder", "revenue"] as const).map((key) => ({
          name: t(key),
        }))}
        rows={league.agents.map((agent) => ({
          id: agent.memberId,
          name: agentName(agent, t),
          href:
            agent.memberId === ""
              ? undefined
              : conversationsHref({ takenBy: agent.memberId, state: "orderedInWindow" }),
          cells: agent.tooFew
            ? [formatCount(agent.recommended, locale), ...new Array<string>(4).fill(t("tooFew"))]
            : [
                formatCount(agent.recommended, locale),
                formatCount(agent.buying, locale),
                formatCount(agent.orders, locale),
                agent.orders === 0 ? "–" : pieces.format(agent.pieces / agent.orders),
                agent.revenue.length === 0
                  ? "–"
                  : agent.revenue.map(({ currency, minor, claimed }) => (
                      <span key={currency}>
                        {formatMoney(minor, currency, locale)}
                        <ClaimedNote money={[{ currency, claimed }]} locale={locale} />
                      </span>
                    )),
              ],
        }))}
      />
    </ReportSection>
  );
}
