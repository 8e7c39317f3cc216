import type { ProductRow } from "@/lib/insights/reports/products";
import type { Locale } from "@/lib/protocol/locales";
import { formatCount, formatRate } from "../format";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import { ProductName, type Thumbnail } from "./product-name";
import styles from "./product-table.module.css";
import { productsWords, type Sorting, sortings, steps } from "./words";

/** Rows shown before the reader asks for the rest. */
const FIRST_ROWS = 25;

interface TableProps {
  readonly locale: Locale;
  readonly rows: readonly ProductRow[];
  /** By product. */
  readonly thumbnails: ReadonlyMap<string, Thumbnail>;
  readonly sorting: Sorting;
  readonly sortHref: (by: Sorting) => string;
  readonly productHref: (productId: string) => string;
}

/** Every product with what became of it, sorted by any column: links, no script. */
export function ProductTable(
  props: TableProps & {
    /** Of the shop's window, before and after a conversation. */
    readonly days: number;
    readonly csvHref: string;
    readonly jsonHref: string;
  },
) {
  const { rows, locale } = props;
  const t = productsWords(locale);
  const rest = rows.slice(FIRST_ROWS);
  return (
    <ReportSection
      id="products"
      locale={locale}
      title={t("tableTitle")}
      definition={[t("tableDef", { days: props.days }), t("tableDef2"), t("talkDef")]}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      <WindowNote days={props.days} locale={locale} />
      <Rows {...props} rows={rows.slice(0, FIRST_ROWS)} />
      {rest.length > 0 ? (
        <details className={styles.rest}>
          <summary>{t("showAll", { count: rest.length })}</summary>
          <Rows {...props} rows={rest} />
        </details>
      ) : null}
    </ReportSection>
  );
}

function Rows(props: TableProps) {
  const { locale, rows, sorting } = props;
  const t = productsWords(locale);
  return (
    <table className={styles.table} data-testid="products">
      <caption className="visually-hidden">{t("tableTitle")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("product")}</th>
          {sortings.map((by) => (
            <th key={by} scope="col" aria-sort={by === sorting ? "descending" : undefined}>
              <a href={props.sortHref(by)} title={t("sortBy", { name: t(by) })}>
                {t(by)}
              </a>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.productId} {...props} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: TableProps & { readonly row: ProductRow }) {
  const { locale, row } = props;
  const t = productsWords(locale);
  const count = (value: number) => (value === 0 ? t("none") : formatCount(value, locale));
  return (
    <tr>
      <th scope="row">
        <ProductName
          title={row.title}
          thumbnail={props.thumbnails.get(row.productId)}
          href={props.productHref(row.productId)}
        />
      </th>
      {steps.map((step) => (
        <td key={step} data-label={t(step)} data-none={row[step] === 0}>
          {count(row[step])}
        </td>
      ))}
      <td data-label={t("soldOfShown")} data-none={row.sold === null}>
        {row.sold === null
          ? t(row.shown === 0 ? "none" : "tooFew")
          : formatRate(row.boughtOfShown, row.shown, locale)}
        {row.verdict === "unclear" ? null : <small>{t(row.verdict)}</small>}
      </td>
      <td data-label={t("talk")} data-none={row.messages === 0}>
        {count(row.messages)}
        {row.questions === 0 ? null : <small>{t("questionsOf", { count: row.questions })}</small>}
      </td>
    </tr>
  );
}
