import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadListPage, parseOffset } from "@/lib/insights/list-page";
import { singleValue } from "@/lib/insights/question";
import { parseVisitState, visitStates } from "@/lib/insights/reports/visit-days";
import { listVisitRows } from "@/lib/insights/reports/visit-rows";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { StateNav } from "@/lib/ui/insights/state-nav";
import { VisitTable } from "@/lib/ui/insights/visit-table";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsVisitsMessages } from "@/lib/ui/messages/insights-visits";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** Visits on one page of the list. */
const PAGE_ROWS = 50;

export async function generateMetadata() {
  return { title: `${translator(insightsVisitsMessages, await requestLocale())("title")} · Vetrina` };
}

/** What the overview counts as visits, and who ordered without a conversation. */
export default async function VisitsPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport("/insights/visits", parameters);
  if (opened === null) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, path } = opened;
  const t = translator(insightsVisitsMessages, locale);
  const state = parseVisitState(singleValue(parameters, "state"));
  const { rows, total, customers, offset } = await loadListPage(
    parseOffset(singleValue(parameters, "after")),
    (start) => listVisitRows(question, state, { offset: start, limit: PAGE_ROWS }),
  );
  const kept: Record<string, string> = state === "all" ? {} : { state };
  const pageHref = (start: number) =>
    reportHref(path, question, start > 0 ? { ...kept, after: String(start) } : kept);
  return (
    <ReportPage opened={opened} part="overview" title={t("title")} kept={kept}>
      <StateNav
        label={t("state")}
        states={visitStates.map((one) => ({
          name: t(one),
          href: reportHref(path, question, one === "all" ? {} : { state: one }),
          current: one === state,
        }))}
      />
      <VisitTable
        locale={locale}
        timeZone={question.timeZone}
        rows={rows}
        total={total}
        customers={customers}
        csvHref={fileHref("visits", question, "csv", kept)}
        jsonHref={fileHref("visits", question, "json", kept)}
        newerHref={offset > 0 ? pageHref(Math.max(0, offset - PAGE_ROWS)) : null}
        olderHref={offset + rows.length < total ? pageHref(offset + PAGE_ROWS) : null}
      />
    </ReportPage>
  );
}
