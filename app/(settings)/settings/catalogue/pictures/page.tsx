import Link from "next/link";
import { ENTRIES_A_PAGE } from "@/lib/catalogue/imports/list-imports";
import { listFailedPictures, loadPictureFigures } from "@/lib/catalogue/pictures/picture-figures";
import { buttonClass } from "@/lib/ui/controls/button";
import shared from "../../settings.module.css";
import styles from "../catalogue.module.css";
import { openCataloguePage } from "../catalogue-frame";
import { errorKey } from "../feed-words";
import { Pager } from "../pager";

/** Pictures and videos that could not be had, each with its product, its address and the reason. */
export default async function PicturesPage(props: {
  readonly searchParams: Promise<{ readonly page?: string; readonly source?: string | string[] }>;
}) {
  const { shop, t, frame } = await openCataloguePage("/settings/catalogue/pictures");
  const asked = await props.searchParams;
  const sourceId = typeof asked.source === "string" ? asked.source : undefined;
  const owner = { shopId: shop.shopId, sourceId };
  const of = sourceId === undefined ? "" : `source=${encodeURIComponent(sourceId)}&`;
  const { failed } = await loadPictureFigures(owner);
  const pages = Math.max(1, Math.ceil(failed / ENTRIES_A_PAGE));
  const page = Math.min(pages - 1, Math.max(0, Math.floor(Number(asked.page) || 0)));
  const rows = await listFailedPictures(owner, page, ENTRIES_A_PAGE);
  return frame(
    <>
      <p className={styles.crumb}>
        <Link href="/settings/catalogue">{t("back")}</Link>
      </p>
      <section className={styles.wide} aria-labelledby="failed-title">
        <div className={shared.about}>
          <h2 id="failed-title">{t("picturesFailedTitle")}</h2>
          <p>{t("picturesRetry")}</p>
        </div>
        <div className={shared.card}>
          {rows.length === 0 ? (
            <p className={styles.none}>{t("listEmpty")}</p>
          ) : (
            <div className={styles.scroll}>
              <table className={styles.table} data-testid="failed-pictures">
                <thead>
                  <tr>
                    <th scope="col">{t("article")}</th>
                    <th scope="col">{t("address")}</th>
                    <th scope="col">{t("reason")}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.externalId} ${row.url}`}>
                      <td>
                        {row.externalId} <span className={shared.help}>{row.title}</span>
                      </td>
                      <td>{row.url}</td>
                      <td>
                        {t(errorKey(row.error))} <span className={shared.help}>{row.detail}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <div className={styles.pager}>
            <Pager base={`/settings/catalogue/pictures?${of}`} page={page} pages={pages} t={t} />
            {rows.length > 0 && (
              <a className={buttonClass("quiet")} href={`/settings/catalogue/pictures/csv?${of}`} download>
                {t("download")}
              </a>
            )}
          </div>
        </div>
      </section>
    </>,
  );
}
