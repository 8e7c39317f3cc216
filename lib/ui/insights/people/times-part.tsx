/** How fast: medians, with what nine of ten stayed below (G10). */
import type { Spread } from "@/lib/insights/internal/spread";
import type { Agent } from "@/lib/insights/people-league";
import type { Locale } from "@/lib/protocol/locales";
import { formatCount, formatRate } from "../format";
import { ReportSection } from "../report-section";
import { FiguresTable } from "./figures-table";
import { formatTime } from "./format-time";
import type { PartProps } from "./part-props";
import styles from "./people.module.css";
import { agentName, type PeopleWords, peopleWords } from "./words";

export function TimesPart({ league, locale, conversationsHref }: PartProps) {
  const t = peopleWords(locale);
  const { shop } = league;
  return (
    <ReportSection
      id="people-times"
      locale={locale}
      title={t("timesTitle")}
      definition={[t("timesDef1"), t("timesDef2"), t("timesDef3"), t("timesDef4"), t("timesDef5")]}
      behindHref={conversationsHref({ state: "answered" })}
    >
      <FiguresTable
        caption={t("timesTitle")}
        rowName={t("agent")}
        columns={(["taken", "answered", "wait", "first", "reply", "duration"] as const).map((key) => ({
          name: t(key),
        }))}
        rows={league.agents.map((agent) => ({
          id: agent.memberId,
          name: agentName(agent, t),
          href: agent.memberId === "" ? undefined : conversationsHref({ takenBy: agent.memberId }),
          cells: [
            formatCount(agent.taken, locale),
            agent.tooFew ? t("tooFew") : <Answered key="answered" agent={agent} t={t} locale={locale} />,
            ...[agent.wait, agent.first, agent.reply, agent.duration].map((spread, index) =>
              agent.tooFew ? (
                t("tooFew")
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns stand still
                <Time key={index} spread={spread} mean={index === 2} t={t} locale={locale} />
              ),
            ),
          ],
        }))}
      />
      {shop !== null && shop.abandoned > 0 ? (
        <p className={styles.said}>
          {t("untaken", {
            count: shop.conversations,
            abandoned: formatCount(shop.abandoned, locale),
          })}
        </p>
      ) : null}
    </ReportSection>
  );
}

/** The share that was answered; and how many ended without, where any did. */
function Answered({ agent, t, locale }: { agent: Agent; t: PeopleWords; locale: Locale }) {
  return (
    <>
      {formatRate(agent.answered, agent.taken, locale)}
      {agent.dropped === 0 ? null : <small>{t("droppedCount", { count: agent.dropped })}</small>}
    </>
  );
}

function Time(props: {
  readonly spread: Spread | null;
  /** Tell the mean, too. */
  readonly mean: boolean;
  readonly t: PeopleWords;
  readonly locale: Locale;
}) {
  const { spread, t, locale } = props;
  if (spread === null) return <>–</>;
  return (
    <>
      {formatTime(spread.median, locale)}
      <small>{t("medianP90", { time: formatTime(spread.p90, locale) })}</small>
      {props.mean ? <small>{t("replyMean", { time: formatTime(spread.mean, locale) })}</small> : null}
    </>
  );
}
