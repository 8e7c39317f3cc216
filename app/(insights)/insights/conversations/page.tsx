import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, reportHref, widerHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadListPage, parseOffset } from "@/lib/insights/list-page";
import { singleValue } from "@/lib/insights/question";
import { listConversationRows } from "@/lib/insights/reports/conversation-rows";
import { conversationStates, parseState } from "@/lib/insights/reports/conversation-states";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { ConversationTable } from "@/lib/ui/insights/conversation-table";
import { EmptyInsights } from "@/lib/ui/insights/empty-insights";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { StateNav } from "@/lib/ui/insights/state-nav";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** Conversations on one page of the list. */
const PAGE_ROWS = 50;

export async function generateMetadata() {
  return {
    title: `${translator(insightsFrameMessages, await requestLocale())("conversations")} · Vetrina`,
  };
}

/** The conversations behind any figure: of a period, of filters, and of what came of them. */
export default async function ConversationsPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport("/insights/conversations", parameters);
  if (opened === null) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, path } = opened;
  const t = translator(insightsMessages, locale);
  const words = translator(insightsFrameMessages, locale);
  const state = parseState(singleValue(parameters, "state"));
  const [{ rows, total, offset }, { rule }] = await Promise.all([
    loadListPage(parseOffset(singleValue(parameters, "after")), (start) =>
      listConversationRows(question, state, { offset: start, limit: PAGE_ROWS }),
    ),
    loadReportSettings(question.shopId),
  ]);
  const kept: Record<string, string> = state === "all" ? {} : { state };
  const pageHref = (start: number) =>
    reportHref(path, question, start > 0 ? { ...kept, after: String(start) } : kept);
  return (
    <ReportPage opened={opened} part="conversations" title={words("conversations")} kept={kept}>
      <StateNav
        label={words("state")}
        states={conversationStates.map((one) => ({
          name: words(one),
          href: reportHref(path, question, one === "all" ? {} : { state: one }),
          current: one === state,
        }))}
      />
      {rows.length === 0 ? (
        <EmptyInsights t={t} widerHref={widerHref(path, question, kept)} />
      ) : (
        <ConversationTable
          t={t}
          locale={locale}
          timeZone={question.timeZone}
          rows={rows}
          total={total}
          offset={offset}
          days={rule.days}
          csvHref={fileHref("conversations", question, "csv", kept)}
          jsonHref={fileHref("conversations", question, "json", kept)}
          newerHref={offset > 0 ? pageHref(Math.max(0, offset - PAGE_ROWS)) : null}
          olderHref={offset + rows.length < total ? pageHref(offset + PAGE_ROWS) : null}
        />
      )}
    </ReportPage>
  );
}
