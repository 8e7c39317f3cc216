/** Who sells: each agent's conversion with its interval, and in words only what the intervals allow (IN138, IN139). */
import type { Agent, PeopleLeague } from "@/lib/insights/people-league";
import type { Locale } from "@/lib/protocol/locales";
import { IntervalChart } from "@/lib/ui/charts/interval-chart";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import type { PartProps } from "./part-props";
import styles from "./people.module.css";
import { agentName, type PeopleWords, peopleWords, placeWords } from "./words";

export function ConversionPart(props: PartProps) {
  const { league, locale } = props;
  const t = peopleWords(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <ReportSection
      id="people-conversion"
      locale={locale}
      title={t("conversionTitle")}
      definition={[
        t("conversionDef1"),
        t("conversionDef2"),
        t("conversionDef3", { least: league.leastRanked }),
      ]}
      behindHref={props.conversationsHref({})}
      csvHref={props.exportHref("csv")}
      jsonHref={props.exportHref("json")}
    >
      <WindowNote days={props.rule.days} locale={locale} />
      <p className={styles.said} data-testid="people-said">
        {saidOf(league, locale, t)}
      </p>
      <IntervalChart
        name={t("conversionTitle")}
        locale={locale}
        rowName={t("agent")}
        valueName={t("conversion")}
        format={(value) => percent.format(value)}
        reference={
          league.shop === null || league.shop.tooFew
            ? undefined
            : { label: t("shopMean"), value: league.shop.conversion.value }
        }
        rows={league.agents.map((agent) => ({
          id: agent.memberId,
          label: agentName(agent, t),
          href: agent.memberId === "" ? undefined : props.conversationsHref({ takenBy: agent.memberId }),
          value: agent.tooFew ? null : agent.conversion.value,
          low: agent.tooFew ? null : agent.conversion.low,
          high: agent.tooFew ? null : agent.conversion.high,
          note: <Note agent={agent} t={t} />,
          muted: agent.rank === null,
        }))}
      />
    </ReportSection>
  );
}

/** Who stands out is told so; the places that are open to everybody else say how little the others are told apart. */
function Note(props: { readonly agent: Agent; readonly t: PeopleWords }) {
  const { agent, t } = props;
  const standing = agent.rank?.standing ?? "level";
  return <>{standing === "level" ? placeWords(agent, t) : t(standing)}</>;
}

/** Names whom the figures tell apart from the rest, and says so when they tell nobody. */
function saidOf(league: PeopleLeague, locale: Locale, t: PeopleWords): string {
  const ranked = league.agents.filter(({ rank }) => rank !== null);
  if (ranked.length < 2) return t("saidAlone", { least: league.leastRanked });
  const list = new Intl.ListFormat(locale);
  const named = (standing: "above" | "below") =>
    list.format(ranked.filter(({ rank }) => rank?.standing === standing).map((agent) => agentName(agent, t)));
  const [above, below] = [named("above"), named("below")];
  if (above === "" && below === "") return t("saidNone");
  return [above && t("saidAbove", { names: above }), below && t("saidBelow", { names: below })]
    .filter((words) => words !== "")
    .join(" ");
}
