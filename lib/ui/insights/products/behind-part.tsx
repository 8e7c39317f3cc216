/** The conversations behind a product's numbers, a page at a time; each opens. */
import type { ProductConversation } from "@/lib/insights/reports/product-conversations";
import type { Locale } from "@/lib/protocol/locales";
import { type ListHrefs, ListWays } from "../list-ways";
import { ReportSection } from "../report-section";
import { ShopTime } from "../shop-time";
import tables from "./product-table.module.css";
import styles from "./products.module.css";
import { productsWords } from "./words";

const flags = ["shown", "drawn", "recommended", "opened", "carted", "bought", "returned"] as const;

export function BehindPart(
  props: ListHrefs & {
    readonly locale: Locale;
    readonly timeZone: string;
    readonly rows: readonly ProductConversation[];
    /** On all pages. */
    readonly total: number;
    /** Which they are, where they are not all. */
    readonly narrowed: { readonly words: string; readonly allHref: string } | null;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { locale, narrowed } = props;
  const t = productsWords(locale);
  return (
    <ReportSection
      id="behind"
      locale={locale}
      title={`${t("behindTitle")} (${new Intl.NumberFormat(locale).format(props.total)})`}
      definition={t("behindDef")}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      {narrowed === null ? null : (
        <p className={styles.said}>
          {narrowed.words} · <a href={narrowed.allHref}>{t("allOfThem")}</a>
        </p>
      )}
      <table className={tables.table} data-testid="product-conversations">
        <caption className="visually-hidden">{t("behindTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("customer")}</th>
            <th scope="col" className={styles.words}>
              {t("agent")}
            </th>
            <th scope="col" className={styles.words}>
              {t("begun")}
            </th>
            {flags.map((flag) => (
              <th key={flag} scope="col">
                {t(flag)}
              </th>
            ))}
            <th scope="col">{t("talk")}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.conversationId}>
              <th scope="row">
                <a
                  href={`/insights/conversations/${row.conversationId}`}
                  aria-label={t("openConversation", { name: row.customer || t("customer") })}
                >
                  {row.customer || t("customer")}
                </a>
              </th>
              <td className={styles.words} data-label={t("agent")}>
                {row.agent || t("nobody")}
              </td>
              <td className={styles.words} data-label={t("begun")}>
                <ShopTime ms={row.startedAt} timeZone={props.timeZone} locale={locale} />
              </td>
              {flags.map((flag) => (
                <td key={flag} data-label={t(flag)} data-none={!row[flag]}>
                  {row[flag] ? t("yes") : t("none")}
                </td>
              ))}
              <td data-label={t("talk")} data-none={row.messages === 0}>
                {row.messages || t("none")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ListWays
        label={t("behindTitle")}
        newer={t("newer")}
        older={t("older")}
        newerHref={props.newerHref}
        olderHref={props.olderHref}
      />
    </ReportSection>
  );
}
