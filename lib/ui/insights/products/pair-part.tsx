/** Pairs of products: those that chance does not explain, and behind a fold those that it does (IN155-IN157). */
import type { PairState } from "@/lib/insights/reports/pair-cases";
import type { Pair, PairKind } from "@/lib/insights/reports/pairs";
import type { Locale } from "@/lib/protocol/locales";
import { formatCount } from "../format";
import { ReportSection } from "../report-section";
import { WindowNote } from "../rule-note";
import tables from "./product-table.module.css";
import styles from "./products.module.css";
import { formatLift, productsWords } from "./words";

/** Of those that chance explains: enough to see that they were looked at. */
const MOST_BY_CHANCE = 25;

interface PairProps {
  readonly locale: Locale;
  readonly kind: PairKind;
  readonly productHref: (productId: string) => string;
  /** To the cases behind a pair. */
  readonly casesHref: (pair: Pair, kind: PairKind, state: PairState) => string;
}

export function PairPart(
  props: PairProps & {
    readonly pairs: readonly Pair[];
    /** Cases, of as many people, below which nothing is claimed. */
    readonly least: number;
    /** Of the shop's window, before and after a conversation; orders that are no conversation's know none. */
    readonly days: number;
    readonly csvHref?: string;
    readonly jsonHref?: string;
  },
) {
  const { kind, pairs, locale } = props;
  const t = productsWords(locale);
  const claimed = pairs.filter((pair) => pair.claimed);
  const byChance = pairs.filter((pair) => !pair.claimed).slice(0, MOST_BY_CHANCE);
  return (
    <ReportSection
      id={`pairs-${kind}`}
      locale={locale}
      title={t(`${kind}Title`)}
      definition={[t(`${kind}Def`), t("claimDef", { least: props.least })]}
      csvHref={props.csvHref}
      jsonHref={props.jsonHref}
    >
      {kind === "ledTo" ? <WindowNote days={props.days} locale={locale} /> : null}
      {claimed.length === 0 ? (
        <p className={styles.said}>{t("noClaim")}</p>
      ) : (
        <Rows {...props} pairs={claimed} />
      )}
      {byChance.length === 0 ? null : (
        <details className={tables.rest}>
          <summary>{t("byChance", { count: byChance.length })}</summary>
          <Rows {...props} pairs={byChance} />
        </details>
      )}
    </ReportSection>
  );
}

function Rows(props: PairProps & { readonly pairs: readonly Pair[] }) {
  const { kind, locale, productHref } = props;
  const t = productsWords(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const [first, second] =
    kind === "together" ? (["first", "andSecond"] as const) : (["ifSeen", "thenBought"] as const);
  return (
    <table className={tables.table}>
      <caption className="visually-hidden">{t(`${kind}Title`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(first)}</th>
          <th scope="col" className={styles.words}>
            {t(second)}
          </th>
          <th scope="col">{t("cases")}</th>
          <th scope="col">{t("rate")}</th>
          <th scope="col">{t("lift")}</th>
        </tr>
      </thead>
      <tbody>
        {props.pairs.map((pair) => (
          <tr key={`${pair.first.productId} ${pair.second.productId}`}>
            <th scope="row">
              <a href={productHref(pair.first.productId)}>{pair.first.title}</a>
            </th>
            <td className={styles.words} data-label={t(second)}>
              <a href={productHref(pair.second.productId)}>{pair.second.title}</a>
            </td>
            <td data-label={t("cases")}>
              <a href={props.casesHref(pair, kind, "both")}>
                {t("showings", {
                  bought: formatCount(pair.support, locale),
                  shown: formatCount(pair.withFirst, locale),
                })}
              </a>
            </td>
            <td data-label={t("rate")}>
              {percent.format(pair.rate.value)}
              <small>{t("usual", { rate: percent.format(pair.usual) })}</small>
            </td>
            <td data-label={t("lift")}>{t("times", { lift: formatLift(pair, locale) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
