/** How content each agent's customers were, with the interval that so few answers leave (SPEC.md, IN212). */
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { ReportSection } from "../report-section";
import type { PartProps } from "./part-props";
import { agentName, peopleWords } from "./words";

export function SatisfactionPart({ league, locale, conversationsHref }: PartProps) {
  const t = peopleWords(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const { shop, agents, leastShown } = league;
  return (
    <ReportSection
      id="people-satisfaction"
      locale={locale}
      title={t("satisfactionTitle")}
      definition={[t("satisfactionDef1"), t("satisfactionDef2", { least: leastShown })]}
      behindHref={conversationsHref({ state: "rated" })}
    >
      {shop === null || shop.rated === 0 ? (
        <p>{t("noRatings")}</p>
      ) : (
        <IntervalChart
          name={t("satisfactionTitle")}
          locale={locale}
          rowName={t("agent")}
          valueName={t("satisfaction")}
          format={(value) => percent.format(value)}
          reference={
            shop.satisfaction === null ? undefined : { label: t("shopMean"), value: shop.satisfaction.value }
          }
          rows={agents.map(({ memberId, rated, satisfaction, ...agent }) => ({
            id: memberId,
            label: agentName(agent, t),
            href: memberId === "" ? undefined : conversationsHref({ takenBy: memberId, state: "rated" }),
            value: satisfaction?.value ?? null,
            low: satisfaction?.low ?? null,
            high: satisfaction?.high ?? null,
            note: t("ratingCount", { count: rated }),
          }))}
        />
      )}
    </ReportSection>
  );
}
