/** The people of one group of the hold-out, a page at a time, with what came of each: her number, her conversations and orders. */
import type { HoldoutGroupName, HoldoutPerson } from "@/lib/insights/reports/holdout-people";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { insightsHoldoutMessages } from "@/lib/ui/messages/insights-holdout";
import { insightsVisitsMessages } from "@/lib/ui/messages/insights-visits";
import { ConversationLinks } from "./conversation-links";
import { type ListHrefs, ListWays } from "./list-ways";
import { ReportSection } from "./report-section";
import notes from "./rule-note.module.css";
import { ShopTime } from "./shop-time";
import tables from "./visit-table.module.css";

export function HoldoutPeoplePart(
  props: ListHrefs & {
    readonly locale: Locale;
    readonly timeZone: string;
    readonly group: HoldoutGroupName;
    readonly rows: readonly HoldoutPerson[];
    /** On all pages. */
    readonly total: number;
    /** After the decision, within which something counts. */
    readonly days: number;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { locale, days } = props;
  const t = translator(insightsHoldoutMessages, locale);
  const words = translator(insightsVisitsMessages, locale);
  return (
    <ReportSection
      id="people"
      locale={locale}
      title={`${t(props.group)} · ${t("people", { count: props.total })}`}
      definition={[t("peopleDef", { days }), t("definition")]}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <p className={notes.note}>{t("within", { days })}</p>
      {props.rows.length === 0 ? (
        <p>{translator(insightsFrameMessages, locale)("nothingHere")}</p>
      ) : (
        <table className={tables.table} aria-labelledby="people-title" data-testid="holdout-people">
          <thead>
            <tr>
              <th scope="col">{words("customer")}</th>
              <th scope="col">{t("decided")}</th>
              <th scope="col">{t("opened")}</th>
              <th scope="col">{words("conversations")}</th>
              <th scope="col">{words("orders")}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report is rendered once and never reordered
              <Line key={i} row={row} locale={locale} timeZone={props.timeZone} />
            ))}
          </tbody>
        </table>
      )}
      <ListWays
        label={words("ways")}
        newer={words("newer")}
        older={words("older")}
        newerHref={props.newerHref}
        olderHref={props.olderHref}
      />
    </ReportSection>
  );
}

function Line(props: { readonly row: HoldoutPerson; readonly locale: Locale; readonly timeZone: string }) {
  const { row, locale } = props;
  const t = translator(insightsHoldoutMessages, locale);
  const words = translator(insightsVisitsMessages, locale);
  return (
    <tr>
      <th scope="row">
        {row.guestNumber === null ? words("visitor") : words("guest", { number: String(row.guestNumber) })}
      </th>
      <td data-label={t("decided")}>
        <ShopTime ms={row.at} timeZone={props.timeZone} locale={locale} />
      </td>
      <td data-label={t("opened")} data-none={!row.opened}>
        {row.opened ? t("yes") : "–"}
      </td>
      <td data-label={words("conversations")} data-none={row.conversations.length === 0}>
        <ConversationLinks ids={row.conversations} locale={locale} />
      </td>
      <td data-label={words("orders")} data-none={row.orders.length === 0}>
        {row.orders.join(", ") || "–"}
      </td>
    </tr>
  );
}
