import type { InfluenceLine } from "@/lib/insights/reports/influence-lines";
import { formatMoney } from "../format";
import { ShopTime } from "../shop-time";
import styles from "./influence.module.css";
import type { InfluencePartProps } from "./influence-props";

/** Order lines, and the conversation that each is credited to. */
export function LineRows(
  props: InfluencePartProps & { readonly rows: readonly InfluenceLine[]; readonly timeZone: string },
) {
  const { t, locale, rows } = props;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("product")}</th>
          <th scope="col">{t("day")}</th>
          <th scope="col">{t("order")}</th>
          <th scope="col">{t("conversation")}</th>
          <th scope="col">{t("agent")}</th>
          <th scope="col" className={styles.number}>
            {t("part")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={`${row.orderId} ${row.externalId} ${row.conversationId} ${row.agent} ${row.day} ${row.minor}`}
          >
            <th scope="row">
              {row.title || t("unknown")} <small>{row.externalId}</small>
            </th>
            <td data-label={t("day")}>{date.format(new Date(`${row.day}T00:00:00Z`))}</td>
            <td data-label={t("order")}>
              {row.orderId} {row.confirmed ? null : <small>{t("reported")}</small>}
            </td>
            <td data-label={t("conversation")}>
              <a href={`/insights/conversations/${row.conversationId}`}>
                <ShopTime ms={row.touchedAt} timeZone={props.timeZone} locale={locale} />
              </a>
            </td>
            <td data-label={t("agent")}>{row.agent || t("nobody")}</td>
            <td data-label={t("part")} className={styles.number}>
              <span className={row.minor < 0 ? styles.negative : undefined}>
                {formatMoney(row.minor, row.currency, locale)}
              </span>
              {row.minor === row.wholeMinor ? null : (
                <small>{t("ofLine", { amount: formatMoney(row.wholeMinor, row.currency, locale) })}</small>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
