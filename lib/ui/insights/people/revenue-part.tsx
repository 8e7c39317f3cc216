/** What a conversation brings, by agent, one chart a currency: amounts of two are never on one scale. */
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { ClaimedNote } from "../claimed-note";
import { formatMoney } from "../format";
import { ReportSection } from "../report-section";
import { RuleNote } from "../rule-note";
import type { PartProps } from "./part-props";
import styles from "./people.module.css";
import { agentName, peopleWords } from "./words";

export function RevenuePart({ league, locale, rule, conversationsHref }: PartProps) {
  const t = peopleWords(locale);
  const currencies = league.shop?.revenue ?? [];
  const few = league.shop?.tooFew ?? true;
  return (
    <ReportSection
      id="people-revenue"
      locale={locale}
      title={t("revenueTitle")}
      definition={[t("revenueDef1"), t("revenueDef2")]}
      behindHref={conversationsHref({ state: "bought" })}
    >
      <RuleNote rule={rule} locale={locale} />
      <ClaimedNote money={few ? [] : currencies} locale={locale} />
      {currencies.length === 0 ? <p className={styles.said}>{t("noRevenue")}</p> : null}
      {currencies.map(({ currency, perConversation: all }) => (
        <IntervalChart
          key={currency}
          name={t("revenueName", { currency })}
          locale={locale}
          rowName={t("agent")}
          valueName={t("revenueName", { currency })}
          format={(minor) => formatMoney(Math.round(minor), currency, locale)}
          reference={all === null || few ? undefined : { label: t("shopMean"), value: all.value }}
          rows={league.agents.map((agent) => {
            const own = agent.revenue.find((figures) => figures.currency === currency);
            const figures = agent.tooFew ? null : (own?.perConversation ?? { value: 0, low: 0, high: 0 });
            return {
              id: agent.memberId,
              label: agentName(agent, t),
              href:
                agent.memberId === ""
                  ? undefined
                  : conversationsHref({ takenBy: agent.memberId, state: "bought" }),
              value: figures?.value ?? null,
              low: figures?.low ?? null,
              high: figures?.high ?? null,
              muted: agent.rank === null,
            };
          })}
        />
      ))}
    </ReportSection>
  );
}
