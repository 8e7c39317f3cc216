/** What a conversation brings, by agent, one chart a currency: amounts of two are never on one scale. */
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { formatMoney } from "../format";
import { ReportSection } from "../report-section";
import type { PartProps } from "./part-props";
import styles from "./people.module.css";
import { agentName, peopleWords } from "./words";

export function RevenuePart({ league, locale, conversationsHref }: PartProps) {
  const t = peopleWords(locale);
  const currencies = league.shop?.revenue ?? [];
  return (
    <ReportSection
      id="people-revenue"
      locale={locale}
      title={t("revenueTitle")}
      definition={[t("revenueDef1"), t("revenueDef2")]}
      behindHref={conversationsHref({ state: "bought" })}
    >
      {currencies.length === 0 ? <p className={styles.said}>{t("noRevenue")}</p> : null}
      {currencies.map(({ currency, perConversation: all }) => (
        <IntervalChart
          key={currency}
          name={t("revenueName", { currency })}
          locale={locale}
          rowName={t("agent")}
          valueName={t("revenueName", { currency })}
          format={(minor) => formatMoney(Math.round(minor), currency, locale)}
          reference={all === null ? undefined : { label: t("shopMean"), value: all.value }}
          rows={league.agents.map((agent) => {
            const own = agent.revenue.find((figures) => figures.currency === currency);
            const figures = agent.tooFew ? null : (own?.perConversation ?? { value: 0, low: 0, high: 0 });
            return {
              id: agent.memberId,
              label: agentName(agent, t),
              href:
                agent.memberId === ""
                  ? undefined
                  : conversationsHref({ memberId: agent.memberId, state: "bought" }),
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
