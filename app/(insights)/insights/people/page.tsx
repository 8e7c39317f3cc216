import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadPeople } from "@/lib/insights/reports/people";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { ConversionPart } from "@/lib/ui/insights/people/conversion-part";
import { HabitsPart } from "@/lib/ui/insights/people/habits-part";
import type { PartProps } from "@/lib/ui/insights/people/part-props";
import styles from "@/lib/ui/insights/people/people.module.css";
import { ResultsPart } from "@/lib/ui/insights/people/results-part";
import { RevenuePart } from "@/lib/ui/insights/people/revenue-part";
import { SatisfactionPart } from "@/lib/ui/insights/people/satisfaction-part";
import { TimesPart } from "@/lib/ui/insights/people/times-part";
import { peopleWords } from "@/lib/ui/insights/people/words";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export async function generateMetadata() {
  return { title: `${peopleWords(await requestLocale())("title")} · Vetrina` };
}

export default async function PeoplePage(props: { readonly searchParams: Promise<SearchParams> }) {
  const opened = await openReport("/insights/people", await props.searchParams);
  if (!opened) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale } = opened;
  const t = peopleWords(locale);
  const [league, { rule }] = await Promise.all([
    loadPeople(question),
    loadReportSettings(opened.manager.shopId),
  ]);
  const part: PartProps = {
    league,
    locale,
    rule,
    conversationsHref: (more) => reportHref("/insights/conversations", question, more),
    exportHref: (format, report = "people") => fileHref(report, question, format),
  };
  return (
    <ReportPage opened={opened} part="people" title={t("title")}>
      {league.agents.length === 0 ? (
        <section className={styles.empty}>
          <h2>{t("emptyTitle")}</h2>
          <p>{t("emptyText")}</p>
        </section>
      ) : (
        <div className={styles.page}>
          <ConversionPart {...part} />
          <RevenuePart {...part} />
          <TimesPart {...part} />
          <ResultsPart {...part} />
          <SatisfactionPart {...part} />
          <HabitsPart {...part} />
        </div>
      )}
    </ReportPage>
  );
}
