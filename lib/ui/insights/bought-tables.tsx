import type { BoughtRecommendations, BoughtRow } from "@/lib/insights/reports/bought-recommendations";
import type { Locale } from "@/lib/protocol/locales";
import { PartBar } from "@/lib/ui/charts/part-bar";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import styles from "./bought-tables.module.css";
import { formatCount, formatMoney, formatRate } from "./format";
import { ReportHead } from "./report-head";

/** Rows shown before the reader asks for the rest. */
const FIRST_ROWS = 10;

interface Words {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
}

/** Recommendations that were bought, by agent and by product, with the counting rule beside them. */
export function BoughtTables(
  props: Words & { readonly report: BoughtRecommendations; readonly exportHref: string },
) {
  const { t, locale, report } = props;
  return (
    <section className={styles.section} aria-labelledby="bought-title">
      <ReportHead
        id="bought-title"
        title={t("boughtTitle")}
        exportLabel={t("export")}
        exportHref={props.exportHref}
      />
      <div className={styles.rule}>
        <h3>{t("ruleTitle")}</h3>
        <p>{t("rule")}</p>
        <p>{t("claimed")}</p>
      </div>
      {report.byProduct.length === 0 ? (
        <p className={styles.empty}>{t("noRecommendations")}</p>
      ) : (
        <div className={styles.tables}>
          <BoughtTable
            t={t}
            locale={locale}
            title={t("byAgent")}
            testId="bought-by-agent"
            column={t("agent")}
            gone={t("formerAgent")}
            rows={report.byAgent}
          />
          <BoughtTable
            t={t}
            locale={locale}
            title={t("byProduct")}
            testId="bought-by-product"
            column={t("product")}
            gone={t("goneProduct")}
            rows={report.byProduct}
          />
        </div>
      )}
    </section>
  );
}

function BoughtTable(
  props: Words & {
    readonly title: string;
    readonly testId: string;
    readonly column: string;
    /** Name of a row whose agent or product is gone. */
    readonly gone: string;
    readonly rows: readonly BoughtRow[];
  },
) {
  const { t, rows } = props;
  const max = Math.max(0, ...rows.map((row) => row.recommended));
  const first = rows.slice(0, FIRST_ROWS);
  const rest = rows.slice(FIRST_ROWS);
  const body = (some: readonly BoughtRow[]) => (
    <tbody>
      {some.map((row) => (
        <BoughtLine key={row.id} {...props} row={row} max={max} />
      ))}
    </tbody>
  );
  const head = (
    <thead>
      <tr>
        <th scope="col">{props.column}</th>
        <th scope="col">{t("recommended")}</th>
        <th scope="col">{t("boughtShort")}</th>
        <th scope="col">{t("rate")}</th>
        <th scope="col">{t("revenueShort")}</th>
      </tr>
    </thead>
  );
  return (
    <div className={styles.group}>
      <table className={styles.table} data-testid={props.testId}>
        <caption>
          {props.title} <small>{t("barKey")}</small>
        </caption>
        {head}
        {body(first)}
      </table>
      {rest.length > 0 ? (
        <details className={styles.rest}>
          <summary>{t("showAll", { count: rest.length })}</summary>
          <table className={styles.table}>
            <caption className="visually-hidden">{props.title}</caption>
            {head}
            {body(rest)}
          </table>
        </details>
      ) : null}
    </div>
  );
}

function BoughtLine(props: Words & { readonly row: BoughtRow; readonly gone: string; readonly max: number }) {
  const { t, locale, row } = props;
  return (
    <tr>
      <th scope="row">
        <span className={styles.name}>{row.name || props.gone}</span>
        <PartBar part={row.bought} whole={row.recommended} max={props.max} />
      </th>
      <td data-label={t("recommended")}>{formatCount(row.recommended, locale)}</td>
      <td data-label={t("boughtShort")}>{formatCount(row.bought, locale)}</td>
      <td data-label={t("rate")}>{formatRate(row.bought, row.recommended, locale)}</td>
      <td data-label={t("revenueShort")} className={styles.money}>
        {row.revenue.length === 0 ? "–" : null}
        {row.revenue.map(({ minor, currency }) => (
          <span key={currency}>{formatMoney(minor, currency, locale)}</span>
        ))}
      </td>
    </tr>
  );
}
