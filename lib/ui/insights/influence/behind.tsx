/** What lies behind one figure of the page: its rows, a page at a time. */
import type { ReactNode } from "react";
import styles from "./influence.module.css";
import type { InfluencePartProps } from "./influence-props";

/** Named by the links that open it. */
export const BEHIND_ID = "behind";

export interface BehindPages {
  readonly closeHref: string;
  readonly newerHref: string | null;
  readonly olderHref: string | null;
}

export function Behind(
  props: Pick<InfluencePartProps, "t"> & {
    readonly name: string;
    readonly text: string;
    readonly pages: BehindPages;
    readonly children: ReactNode;
  },
) {
  const { t, pages } = props;
  return (
    <section id={BEHIND_ID} className={styles.behind} aria-labelledby="behind-title">
      <div className={styles.behindHead}>
        <h3 id="behind-title">{t("behind", { name: props.name })}</h3>
        <a href={pages.closeHref}>{t("close")}</a>
      </div>
      <p className={styles.said}>{props.text}</p>
      {props.children}
      {pages.newerHref === null && pages.olderHref === null ? null : (
        <nav className={styles.pages} aria-label={t("pages")}>
          {pages.newerHref === null ? null : <a href={pages.newerHref}>{t("newer")}</a>}
          {pages.olderHref === null ? null : <a href={pages.olderHref}>{t("older")}</a>}
        </nav>
      )}
    </section>
  );
}
