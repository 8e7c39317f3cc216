import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { parts, reportHref } from "@/app/(insights)/parts";
import { loadShopLive } from "@/lib/insights/live/live-stream";
import { localDay } from "@/lib/insights/range";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { LiveBoard } from "@/lib/ui/insights/live/live-board";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { PartNav } from "@/lib/ui/insights/part-nav";
import { Definition } from "@/lib/ui/insights/report-section";
import { windowWords } from "@/lib/ui/insights/rule-note";
import { Screen } from "@/lib/ui/insights/screen";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { insightsLiveMessages } from "@/lib/ui/messages/insights-live";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../insights.module.css";

export async function generateMetadata() {
  return { title: `${translator(insightsLiveMessages, await requestLocale())("title")} · Vetrina` };
}

export default async function LivePage(props: { readonly searchParams: Promise<SearchParams> }) {
  const opened = await openReport("/insights/live", await props.searchParams);
  if (!opened) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { manager, question, locale } = opened;
  const frame = translator(insightsFrameMessages, locale);
  const t = translator(insightsLiveMessages, locale);
  const [first, { rule }] = await Promise.all([
    loadShopLive(manager.shopId),
    loadReportSettings(manager.shopId),
  ]);
  const today = localDay(new Date(first.now), question.timeZone);
  return (
    <Screen t={translator(insightsMessages, locale)} name={manager.name}>
      <div className={styles.page}>
        <PartNav
          label={frame("parts")}
          parts={parts.map(([part, href]) => ({
            name: frame(part),
            href: reportHref(href, question),
            current: part === "live",
          }))}
        />
        <div className={styles.head}>
          <div className={styles.titled}>
            <h1>{t("title")}</h1>
            <Definition locale={locale} name={t("title")} definition={[t("def1"), t("def2")]} />
          </div>
        </div>
        <MessagesProvider locale={locale} areas={{ live: insightsLiveMessages[locale] }}>
          <LiveBoard
            streamUrl="/insights/live/stream"
            first={first}
            timeZone={question.timeZone}
            window={windowWords(rule.days, locale)}
            todayHref={`/insights/conversations?${new URLSearchParams({ from: today, to: today })}`}
          />
        </MessagesProvider>
      </div>
    </Screen>
  );
}
