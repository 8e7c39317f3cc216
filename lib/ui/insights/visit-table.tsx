/** Visits, a page at a time: one customer's day on the shop's pages, with the conversations and orders of that day. */
import type { VisitRow } from "@/lib/insights/reports/visit-rows";
import type { Locale } from "@/lib/protocol/locales";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { type InsightsVisitsKey, insightsVisitsMessages } from "@/lib/ui/messages/insights-visits";
import { ConversationLinks } from "./conversation-links";
import { formatCount } from "./format";
import { type ListHrefs, ListWays } from "./list-ways";
import { ReportSection } from "./report-section";
import styles from "./visit-table.module.css";

type T = Translate<InsightsVisitsKey>;

const devices = ["phone", "tablet", "desktop"] as const;

export function VisitTable(
  props: ListHrefs & {
    readonly locale: Locale;
    readonly timeZone: string;
    readonly rows: readonly VisitRow[];
    /** On all pages: visits, and the customers whose they are. */
    readonly total: number;
    readonly customers: number;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { locale, rows } = props;
  const t = translator(insightsVisitsMessages, locale);
  return (
    <ReportSection
      id="visits"
      locale={locale}
      title={`${t("visits", { count: props.total })} · ${t("customers", { count: props.customers })}`}
      definition={t("definition")}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <p className={styles.note}>{t("filters")}</p>
      {rows.length === 0 ? (
        <p>{translator(insightsFrameMessages, locale)("nothingHere")}</p>
      ) : (
        <table className={styles.table} aria-labelledby="visits-title">
          <thead>
            <tr>
              <th scope="col">{t("customer")}</th>
              <th scope="col">{t("day")}</th>
              <th scope="col">{t("device")}</th>
              <th scope="col" className={styles.number}>
                {t("pages")}
              </th>
              <th scope="col" className={styles.number}>
                {t("products")}
              </th>
              <th scope="col">{t("conversations")}</th>
              <th scope="col">{t("orders")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report is rendered once and never reordered
              <Line key={i} row={row} t={t} locale={locale} timeZone={props.timeZone} />
            ))}
          </tbody>
        </table>
      )}
      <ListWays
        label={t("ways")}
        newer={t("newer")}
        older={t("older")}
        newerHref={props.newerHref}
        olderHref={props.olderHref}
      />
    </ReportSection>
  );
}

function Line(props: {
  readonly row: VisitRow;
  readonly t: T;
  readonly locale: Locale;
  readonly timeZone: string;
}) {
  const { row, t, locale, timeZone } = props;
  const words = translator(insightsFrameMessages, locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
  const device = devices.find((one) => one === row.device);
  const about = [device === undefined ? "" : words(device), row.locale].filter((one) => one !== "");
  return (
    <tr>
      <th scope="row">
        {row.guestNumber === null ? t("visitor") : t("guest", { number: String(row.guestNumber) })}
      </th>
      <td data-label={t("day")}>
        {day.format(Date.parse(`${row.day}T00:00:00Z`))}, {time.formatRange(row.firstAt, row.lastAt)}
      </td>
      <td data-label={t("device")} data-none={about.length === 0}>
        {about.join(", ") || "–"}
      </td>
      <td data-label={t("pages")} className={styles.number}>
        {formatCount(row.pages, locale)}
      </td>
      <td data-label={t("products")} className={styles.number}>
        {formatCount(row.products, locale)}
      </td>
      <td data-label={t("conversations")} data-none={row.conversations.length === 0}>
        <ConversationLinks ids={row.conversations} locale={locale} />
      </td>
      <td data-label={t("orders")} data-none={row.orders.length === 0}>
        {row.orders.join(", ") || "–"}
      </td>
    </tr>
  );
}
