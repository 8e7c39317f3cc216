import ArrowLeft from "lucide-react/icons/arrow-left";
import Play from "lucide-react/icons/play";
import { enterAsManager } from "@/app/(insights)/enter";
import { keptQuery } from "@/lib/insights/replay/film/passage-link";
import { listKeptPassages } from "@/lib/insights/replay/list-kept";
import { findShop } from "@/lib/shops/find-shop";
import { loadReportSettings } from "@/lib/shops/report-settings";
import { ClaimedNote } from "@/lib/ui/insights/claimed-note";
import { formatMoney } from "@/lib/ui/insights/format";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { filmTime } from "@/lib/ui/insights/replay/film-clock";
import kept from "@/lib/ui/insights/replay/film-passages.module.css";
import { RuleNote } from "@/lib/ui/insights/rule-note";
import { Screen } from "@/lib/ui/insights/screen";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { replayMessages } from "@/lib/ui/messages/insights-replay";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../insights.module.css";

export async function generateMetadata() {
  return { title: `${translator(replayMessages, await requestLocale())("bestPassages")} · Vetrina` };
}

/** What the shop's managers have kept of its conversations, to learn from. */
export default async function PassagesPage() {
  const locale = await requestLocale();
  const t = translator(insightsMessages, locale);
  const words = translator(replayMessages, locale);
  const manager = await enterAsManager("/insights/passages");
  if (!manager) return <NotAllowed t={t} />;
  const [passages, { rule }] = await Promise.all([
    listKeptPassages(manager.shopId),
    loadReportSettings(manager.shopId),
  ]);
  // Days are the shop's, as in all reports, wherever the server stands.
  const timeZone = (await findShop(manager.shopId))?.timeZone ?? "UTC";
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  return (
    <Screen t={t} name={manager.name}>
      <div className={styles.page}>
        <div className={styles.head}>
          <a className={styles.back} href="/insights/conversations">
            <ArrowLeft size={18} aria-hidden />
            {t("back")}
          </a>
        </div>
        <div className={styles.head}>
          <h1>{words("bestPassages")}</h1>
        </div>
        <p>{passages.length === 0 ? words("noPassages") : words("bestPassagesText")}</p>
        {passages.some(({ influenced }) => influenced.length > 0) ? (
          <RuleNote rule={rule} locale={locale} />
        ) : null}
        <ul className={kept.kept}>
          {passages.map((one) => (
            <li key={one.id}>
              <a
                className={kept.name}
                href={`/insights/conversations/${one.conversationId}?${keptQuery(one.id)}`}
              >
                <Play size={16} aria-hidden />
                <b>{one.name}</b>
                <span className={kept.times}>{filmTime(one.to - one.from)}</span>
                <span>
                  {words("passageOf", {
                    customer: one.customer || t("customer"),
                    agent: one.agent || t("nobody"),
                  })}
                  , {dates.format(one.startedAt)}
                </span>
                {one.by === "" ? null : <span>{words("keptBy", { name: one.by })}</span>}
              </a>
              {one.influenced.length === 0 ? null : (
                <span className={kept.influenced}>
                  <small>{words("influenced")}</small>{" "}
                  {one.influenced
                    .map(({ minor, currency }) => formatMoney(minor, currency, locale))
                    .join(", ")}
                  <ClaimedNote money={one.influenced} locale={locale} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Screen>
  );
}
