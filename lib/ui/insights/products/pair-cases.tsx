/** The cases behind a pair, a page at a time: orders with the last conversation before each, or conversations; each opens. */
import type { PairCase, PairState } from "@/lib/insights/reports/pair-cases";
import type { PairKind } from "@/lib/insights/reports/pairs";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import { type ListHrefs, ListWays } from "../list-ways";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import { ShopTime } from "../shop-time";
import tables from "../visit-table.module.css";
import { productsWords } from "./words";

export function PairCases(
  props: ListHrefs & {
    readonly locale: Locale;
    readonly timeZone: string;
    readonly kind: PairKind;
    readonly state: PairState;
    /** Titles of the two products. */
    readonly first: string;
    readonly second: string;
    readonly rows: readonly PairCase[];
    /** On all pages. */
    readonly total: number;
    /** Of the shop's window. */
    readonly days: number;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { locale, kind, first, second } = props;
  const t = productsWords(locale);
  const orders = kind === "together";
  return (
    <ReportSection
      id="cases"
      locale={locale}
      title={`${t(`${kind}_${props.state}`, { first })} · ${t("caseCount", { count: props.total })}`}
      definition={t(`${kind}CasesDef`, { first, second })}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      {orders ? null : <WindowNote days={props.days} locale={locale} />}
      {props.rows.length === 0 ? (
        <p>{translator(insightsFrameMessages, locale)("nothingHere")}</p>
      ) : (
        <table className={tables.table} aria-labelledby="cases-title" data-testid="pair-cases">
          <thead>
            <tr>
              <th scope="col">{t(orders ? "order" : "customer")}</th>
              <th scope="col">{t(orders ? "ordered" : "begun")}</th>
              {orders ? <th scope="col">{t("customer")}</th> : null}
              <th scope="col">{t("agent")}</th>
              <th scope="col">{t(orders ? "bothHead" : "ledTo_both")}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={`${row.orderId} ${row.conversationId}`}>
                <th scope="row">{orders ? row.orderId : <Opens row={row} locale={locale} />}</th>
                <td data-label={t(orders ? "ordered" : "begun")}>
                  <ShopTime ms={row.at} timeZone={props.timeZone} locale={locale} />
                </td>
                {orders ? (
                  <td data-label={t("customer")} data-none={row.conversationId === ""}>
                    <Opens row={row} locale={locale} />
                  </td>
                ) : null}
                <td data-label={t("agent")} data-none={row.agent === ""}>
                  {row.agent || t("none")}
                </td>
                <td data-label={t(orders ? "bothHead" : "ledTo_both")} data-none={!row.both}>
                  {row.both ? t("yes") : t("none")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ListWays
        label={t("which")}
        newer={t("newer")}
        older={t("older")}
        newerHref={props.newerHref}
        olderHref={props.olderHref}
      />
    </ReportSection>
  );
}

/** Her name, which opens the conversation; nothing of an order without one. */
function Opens({ row, locale }: { readonly row: PairCase; readonly locale: Locale }) {
  const t = productsWords(locale);
  if (row.conversationId === "") return t("none");
  const name = row.customer || t("customer");
  return (
    <a href={`/insights/conversations/${row.conversationId}`} aria-label={t("openConversation", { name })}>
      {name}
    </a>
  );
}
