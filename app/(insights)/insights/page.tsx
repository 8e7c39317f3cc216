import { enterAsManager } from "@/app/(insights)/enter";
import { parseRangeChoice, presetDays, rangeOf, rangeQuery } from "@/lib/insights/range";
import { loadBoughtRecommendations } from "@/lib/insights/reports/bought-recommendations";
import { listJourneys } from "@/lib/insights/reports/journeys";
import { loadSummary } from "@/lib/insights/reports/summary";
import { BoughtTables } from "@/lib/ui/insights/bought-tables";
import { ConversationTable } from "@/lib/ui/insights/conversation-table";
import { EmptyInsights } from "@/lib/ui/insights/empty-insights";
import { Figures } from "@/lib/ui/insights/figures";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { PrintButton } from "@/lib/ui/insights/print-button";
import { RangePicker } from "@/lib/ui/insights/range-picker";
import { Screen } from "@/lib/ui/insights/screen";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "./insights.module.css";

/** Conversations on one page of the list. */
const PAGE_ROWS = 50;

export async function generateMetadata() {
  return { title: `${translator(insightsMessages, await requestLocale())("title")} · Vetrina` };
}

export default async function InsightsPage(props: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const parameters = singleValues(await props.searchParams);
  const choice = parseRangeChoice(parameters);
  const locale = await requestLocale();
  const t = translator(insightsMessages, locale);
  const path = (more: Record<string, string> = {}) =>
    `/insights?${new URLSearchParams({ ...rangeQuery(choice), ...more })}`;
  const manager = await enterAsManager(path());
  if (!manager) return <NotAllowed t={t} />;

  const range = rangeOf(choice, new Date());
  const offset = parseOffset(parameters.after);
  const { shopId } = manager;
  const [summary, bought, journeys] = await Promise.all([
    loadSummary({ shopId, range }),
    loadBoughtRecommendations({ shopId, range }),
    listJourneys({ shopId, range, limit: PAGE_ROWS, offset }),
  ]);
  const exportHref = (report: string) =>
    `/insights/export/${report}?${new URLSearchParams(rangeQuery(choice))}`;
  const pageHref = (start: number) => (start > 0 ? path({ after: String(start) }) : path());

  return (
    <Screen t={t} name={manager.name}>
      <div className={styles.page}>
        <div className={styles.head}>
          <h1>{t("title")}</h1>
          <RangePicker t={t} locale={locale} presets={presetDays} choice={choice} range={range} />
          <PrintButton label={t("print")} />
        </div>
        <Figures t={t} locale={locale} summary={summary} />
        {journeys.rows.length === 0 && offset === 0 ? (
          <EmptyInsights t={t} offerWider={choice.kind === "custom" || choice.days < 90} />
        ) : null}
        {journeys.rows.length === 0 && summary.recommended === 0 ? null : (
          <BoughtTables t={t} locale={locale} report={bought} exportHref={exportHref("recommendations")} />
        )}
        {journeys.rows.length === 0 ? null : (
          <ConversationTable
            t={t}
            locale={locale}
            journeys={journeys}
            offset={offset}
            exportHref={exportHref("conversations")}
            newerHref={offset > 0 ? pageHref(Math.max(0, offset - PAGE_ROWS)) : null}
            olderHref={offset + journeys.rows.length < journeys.total ? pageHref(offset + PAGE_ROWS) : null}
          />
        )}
      </div>
    </Screen>
  );
}

function singleValues(
  parameters: Record<string, string | string[] | undefined>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** Rows before the wanted page; a made-up number shows the first page. */
function parseOffset(after: string | undefined): number {
  return after !== undefined && /^\d{1,6}$/.test(after) ? Number(after) : 0;
}
