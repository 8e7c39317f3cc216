import Link from "next/link";
import { type ImportEntryView, type ImportList, MAX_LISTED } from "@/lib/protocol/imports";
import type { Locale } from "@/lib/protocol/locales";
import { buttonClass } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { listWords, reasonWords } from "./feed-words";
import { Pager } from "./pager";

/** The rows and products an import tells of, one list at a time, in pages. */
export function EntryList(props: {
  readonly importId: string;
  readonly list: ImportList;
  readonly counts: readonly { readonly list: ImportList; readonly count: number }[];
  readonly entries: readonly ImportEntryView[];
  readonly page: number;
  readonly pages: number;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { importId, list, counts, entries, page, pages, locale, t } = props;
  const number = new Intl.NumberFormat(locale);
  const base = `/settings/catalogue/imports/${importId}`;
  const total = counts.find((each) => each.list === list)?.count ?? 0;
  const isProblem = list === "rejected" || list === "incomplete";
  return (
    <div className={shared.card}>
      <nav className={styles.tabs} aria-label={t("lists")}>
        {counts.map((each) => (
          <Link
            key={each.list}
            className={styles.tab}
            href={`${base}?list=${each.list}`}
            aria-current={each.list === list ? "page" : undefined}
            scroll={false}
          >
            {t(listWords[each.list])} {number.format(each.count)}
          </Link>
        ))}
      </nav>
      {entries.length === 0 ? (
        <p className={styles.none}>{t("listEmpty")}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} data-testid="entries">
            <thead>
              <tr>
                <th scope="col">{t("line")}</th>
                <th scope="col">{t("article")}</th>
                <th scope="col">{t(isProblem ? "reason" : "name")}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change, and a row may be told of twice
                <tr key={at}>
                  <td>{entry.line > 0 && number.format(entry.line)}</td>
                  <td>{entry.externalId || "–"}</td>
                  <td>
                    {isProblem
                      ? entry.reasons.map((reason) => reasonWords(t, reason)).join("; ")
                      : entry.title}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles.pager}>
        <Pager base={`${base}?list=${list}`} page={page} pages={pages} t={t} />
        {total > MAX_LISTED && <p className={shared.help}>{t("listCut", { count: MAX_LISTED })}</p>}
        {entries.length > 0 && (
          <a className={buttonClass("quiet")} href={`${base}/csv/${list}`} download>
            {t("download")}
          </a>
        )}
      </div>
    </div>
  );
}
