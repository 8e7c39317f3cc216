import { Suspense } from "react";
import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { OverviewTables } from "@/app/(insights)/overview-tables";
import { fileHref, pointHrefs, reportHref, widerHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { LEAST_SHOWN } from "@/lib/insights/people-league";
import { rangeBefore } from "@/lib/insights/range";
import { ANSWERED_WITHIN_SECONDS } from "@/lib/insights/reports/conversation-states";
import { loadFunnel } from "@/lib/insights/reports/funnel";
import { loadInfluence } from "@/lib/insights/reports/influence";
import { loadOverview } from "@/lib/insights/reports/overview";
import { addedUp, courseOf, revenueOf } from "@/lib/insights/revenue-course";
import { shareOf } from "@/lib/insights/small-cells";
import { EmptyInsights } from "@/lib/ui/insights/empty-insights";
import { BEHIND_ID } from "@/lib/ui/insights/influence/behind";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { CourseTable } from "@/lib/ui/insights/overview/course-table";
import { OverviewFiguresPart } from "@/lib/ui/insights/overview/figures";
import { RevenueChart } from "@/lib/ui/insights/overview/revenue-chart";
import { Steps } from "@/lib/ui/insights/overview/steps";
import { FileLinks } from "@/lib/ui/insights/report-section";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsOverviewMessages } from "@/lib/ui/messages/insights-overview";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { figureQuery } from "./influence/figure";
import styles from "./insights.module.css";

export async function generateMetadata() {
  return { title: `${translator(insightsMessages, await requestLocale())("title")} · Vetrina` };
}

const INFLUENCE = "/insights/influence";
const toLines = (href: string) => `${href}#${BEHIND_ID}`;

/** Ten seconds: do conversations sell more than before, who sells, and what. */
export default async function InsightsPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const opened = await openReport("/insights", await props.searchParams);
  if (opened === null) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale } = opened;
  const t = translator(insightsOverviewMessages, locale);
  const { preset: _, ...rest } = question;
  const before = { ...rest, range: rangeBefore(question.range, question.timeZone) };
  const [now, was, influence, influenceBefore, funnel] = await Promise.all([
    loadOverview(question),
    loadOverview(before),
    loadInfluence(question),
    loadInfluence(before),
    loadFunnel(question),
  ]);
  const revenue = revenueOf(influence);
  const currency = revenue[0]?.currency ?? revenueOf(influenceBefore)[0]?.currency;
  const course = courseOf(influence, question, currency);
  const recommended = figureQuery({ of: "kind", kind: "recommended", offset: 0 });
  const linesHref = toLines(reportHref(INFLUENCE, question, recommended));
  const chart = {
    now: addedUp(course),
    before: addedUp(courseOf(influenceBefore, before, currency)),
    days: now.points.map(({ day }) => day),
  };
  return (
    <ReportPage opened={opened} part="overview" title={translator(insightsMessages, locale)("title")}>
      <OverviewFiguresPart
        t={t}
        locale={locale}
        now={now}
        before={was.total}
        revenue={{ money: revenue, before: revenueOf(influenceBefore), course }}
        shareOf={shareOf}
        seconds={ANSWERED_WITHIN_SECONDS}
        leastCell={LEAST_SHOWN}
        rule={influence.rule}
        visitsBehind={(state) => reportHref("/insights/visits", question, state === "all" ? {} : { state })}
        revenueHref={linesHref}
        behind={(state) => reportHref("/insights/conversations", question, state === "all" ? {} : { state })}
      />
      <div className={styles.files}>
        <CourseTable
          t={t}
          locale={locale}
          now={now}
          revenue={{ currency, course }}
          shareOf={shareOf}
          seconds={ANSWERED_WITHIN_SECONDS}
          pointHrefs={pointHrefs("/insights/conversations", question)}
        />
        <FileLinks
          title={translator(insightsMessages, locale)("title")}
          csvHref={fileHref("overview", question, "csv")}
          jsonHref={fileHref("overview", question, "json")}
        />
      </div>
      {now.total.conversations === 0 ? (
        <EmptyInsights
          t={translator(insightsMessages, locale)}
          widerHref={widerHref("/insights", question)}
        />
      ) : (
        <>
          <Steps
            t={t}
            locale={locale}
            funnel={funnel}
            href={reportHref(INFLUENCE, question)}
            countHref={(step) =>
              toLines(reportHref(INFLUENCE, question, figureQuery({ of: "step", step, offset: 0 })))
            }
            rule={influence.rule}
          />
          {currency === undefined ? null : (
            <RevenueChart
              t={t}
              locale={locale}
              currency={currency}
              several={revenue.length > 1}
              unit={now.unit}
              {...chart}
              rule={influence.rule}
              behindHref={linesHref}
              pointHrefs={pointHrefs(INFLUENCE, question, "addedUp", recommended).map(toLines)}
              csvHref={fileHref("influence", question, "csv")}
              jsonHref={fileHref("influence", question, "json")}
            />
          )}
          <Suspense fallback={<p role="status">{t("loading")}</p>}>
            <OverviewTables question={question} locale={locale} currency={currency} rule={influence.rule} />
          </Suspense>
        </>
      )}
    </ReportPage>
  );
}
