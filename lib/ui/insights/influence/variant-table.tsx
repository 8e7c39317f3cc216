import type { VariantRow } from "@/lib/insights/reports/influence";
import { formatCount, formatMoney } from "../format";
import styles from "./influence.module.css";
import type { InfluencePartProps } from "./influence-props";

/** Rows that are seen before the reader asks for the rest. */
const FIRST_ROWS = 10;

/** What was bought, variant by variant, and how much of it direct and assisted. */
export function VariantTable(props: InfluencePartProps & { readonly rows: readonly VariantRow[] }) {
  const rest = props.rows.length - FIRST_ROWS;
  return (
    <>
      <Rows {...props} rows={props.rows.slice(0, FIRST_ROWS)} />
      {rest > 0 ? (
        <details className={styles.more}>
          <summary>{props.t("more", { count: rest })}</summary>
          <Rows {...props} rows={props.rows.slice(FIRST_ROWS)} />
        </details>
      ) : null}
    </>
  );
}

function Rows({ t, locale, rows }: InfluencePartProps & { readonly rows: readonly VariantRow[] }) {
  const numbers = ["recommended", "seriesAssisted", "pieces", "proposed"] as const;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("product")}</th>
          <th scope="col">{t("variant")}</th>
          {numbers.map((key) => (
            <th key={key} scope="col" className={styles.number}>
              {t(key === "recommended" ? "seriesDirect" : key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.productId} ${row.externalId} ${row.currency}`}>
            <th scope="row">{row.title || t("unknown")}</th>
            <td data-label={t("variant")}>
              {row.variant || row.externalId}
              {row.variant === "" ? null : <small>{row.externalId}</small>}
            </td>
            <td data-label={t("seriesDirect")} className={styles.number}>
              {formatMoney(row.direct, row.currency, locale)}
            </td>
            <td data-label={t("seriesAssisted")} className={styles.number}>
              {formatMoney(row.assisted, row.currency, locale)}
            </td>
            <td data-label={t("pieces")} className={styles.number}>
              {formatCount(row.pieces, locale)}
            </td>
            <td data-label={t("proposed")} className={styles.number}>
              {formatCount(row.proposed, locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
