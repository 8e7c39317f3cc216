import type { ConversationRow } from "@/lib/insights/reports/conversation-rows";
import type { Locale } from "@/lib/protocol/locales";
import { buttonClass } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import { ClaimedNote } from "./claimed-note";
import styles from "./conversation-table.module.css";
import { formatCount, formatMoney, spanParts } from "./format";
import { ReportSection } from "./report-section";
import { WindowNote } from "./rule-note";
import { ShopTime } from "./shop-time";

interface Words {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
}

const counts = [
  ["seen", "seenShort"],
  ["shown", "shownShort"],
  ["drawn", "drawnShort"],
  ["recommended", "recommendedShort"],
  ["carted", "cartedShort"],
  ["bought", "boughtShort"],
] as const;

/** Conversations, a page at a time; each opens its journey. */
export function ConversationTable(
  props: Words & {
    readonly timeZone: string;
    readonly rows: readonly ConversationRow[];
    /** On all pages. */
    readonly total: number;
    readonly offset: number;
    /** Of the shop's window, before and after a conversation. */
    readonly days: number;
    readonly csvHref: string;
    readonly jsonHref: string;
    /** Address of the page that begins at this row; null when there is none. */
    readonly newerHref: string | null;
    readonly olderHref: string | null;
  },
) {
  const { t, locale, timeZone, rows, total, offset } = props;
  return (
    <ReportSection
      id="conversations"
      locale={locale}
      title={t("conversationCount", { count: total })}
      definition={t("listNote")}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <WindowNote days={props.days} locale={locale} />
      <table className={styles.table} aria-labelledby="conversations-title">
        <thead>
          <tr>
            <th scope="col">{t("customer")}</th>
            <th scope="col">{t("agent")}</th>
            <th scope="col">{t("start")}</th>
            <th scope="col">{t("length")}</th>
            {counts.map(([key, word]) => (
              <th key={key} scope="col">
                {t(word)}
              </th>
            ))}
            <th scope="col">{t("rating")}</th>
            <th scope="col">{t("value")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ConversationLine key={row.conversationId} t={t} locale={locale} timeZone={timeZone} row={row} />
          ))}
        </tbody>
      </table>
      <nav className={styles.pages} aria-label={t("pages")}>
        <span>{t("pageOf", { from: offset + 1, to: offset + rows.length, total })}</span>
        {props.newerHref === null ? null : (
          <a className={buttonClass("secondary")} href={props.newerHref} rel="prev">
            {t("previous")}
          </a>
        )}
        {props.olderHref === null ? null : (
          <a className={buttonClass("secondary")} href={props.olderHref} rel="next">
            {t("next")}
          </a>
        )}
      </nav>
    </ReportSection>
  );
}

function ConversationLine(props: Words & { readonly timeZone: string; readonly row: ConversationRow }) {
  const { t, locale, row } = props;
  const customer = row.customer || t("customer");
  return (
    <tr>
      <th scope="row">
        <a data-testid="journey-link" href={`/insights/conversations/${row.conversationId}`}>
          {customer}
        </a>
      </th>
      <td data-label={t("agent")} className={styles.words}>
        {row.agent || (row.status === "waiting" || row.endedAt !== null ? t("nobody") : t("formerAgent"))}
      </td>
      <td data-label={t("start")} className={styles.words}>
        <ShopTime ms={row.startedAt} timeZone={props.timeZone} locale={locale} />
      </td>
      <td data-label={t("length")} className={styles.words}>
        {lengthOf(row, t)}
      </td>
      {counts.map(([key, word]) => (
        <td key={key} data-label={t(word)} data-zero={row[key] === 0}>
          {formatCount(row[key], locale)}
        </td>
      ))}
      <td data-label={t("rating")} data-zero={row.score === null}>
        {row.score ?? "–"}
      </td>
      <td data-label={t("value")} className={styles.money} data-zero={row.value.length === 0}>
        {row.value.length === 0 ? "–" : null}
        {row.value.map(({ minor, currency }) => (
          <span key={currency}>{formatMoney(minor, currency, locale)}</span>
        ))}
        <ClaimedNote money={row.value} locale={locale} />
      </td>
    </tr>
  );
}

/** How long it lasted, or its state while it lasts. */
export function lengthOf(
  row: {
    readonly startedAt: number;
    readonly endedAt: number | null;
    readonly status?: ConversationRow["status"];
  },
  t: Translate<InsightsKey>,
): string {
  if (row.endedAt === null) return t(row.status === "waiting" ? "waiting" : "ongoing");
  const { hours, minutes } = spanParts(row.endedAt - row.startedAt);
  if (hours > 0) return t("hours", { hours, minutes });
  return minutes > 0 ? t("minutes", { minutes }) : t("underMinute");
}
