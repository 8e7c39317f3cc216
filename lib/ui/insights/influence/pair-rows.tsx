import type { FunnelRow } from "@/lib/insights/reports/funnel-rows";
import { ClaimedNote } from "../claimed-note";
import { formatMoney } from "../format";
import { ShopTime } from "../shop-time";
import styles from "./influence.module.css";
import { funnelCounts, type InfluencePartProps, stepWords } from "./influence-props";

/** Products in conversations, and how far each came. */
export function PairRows(
  props: InfluencePartProps & { readonly rows: readonly FunnelRow[]; readonly timeZone: string },
) {
  const { t, locale, rows } = props;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("product")}</th>
          <th scope="col">{t("conversation")}</th>
          <th scope="col">{t("agent")}</th>
          <th scope="col">{t("step")}</th>
          <th scope="col" className={styles.number}>
            {t("left")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.conversationId} ${row.productId}`}>
            <th scope="row">{row.title}</th>
            <td data-label={t("conversation")}>
              <a
                href={`/insights/conversations/${row.conversationId}`}
                aria-label={t("openNamed", { name: row.customer })}
              >
                {row.customer || t("open")}
              </a>
              <small>
                <ShopTime ms={row.startedAt} timeZone={props.timeZone} locale={locale} />
              </small>
            </td>
            <td data-label={t("agent")}>{row.agent || t("nobody")}</td>
            <td data-label={t("step")}>
              {funnelCounts
                .filter((step) => row[step])
                .map((step) => t(stepWords[step]))
                .join(" → ")}
            </td>
            <td data-label={t("left")} className={styles.number}>
              {row.left.map(({ minor, currency }) => formatMoney(minor, currency, locale)).join(", ") || "–"}
              <ClaimedNote money={row.left} locale={locale} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
