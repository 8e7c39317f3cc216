import Link from "next/link";
import { buttonClass } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import styles from "./catalogue.module.css";

/** Back and forth between pages; nothing where there is one. @param page from 0 */
export function Pager(props: {
  /** Address with its question mark. */
  readonly base: string;
  readonly page: number;
  readonly pages: number;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { base, page, pages, t } = props;
  if (pages <= 1) return null;
  return (
    <nav className={styles.bar} aria-label={t("pages")}>
      {page > 0 && (
        <Link className={buttonClass("quiet")} href={`${base}&page=${page - 1}`} scroll={false}>
          {t("previous")}
        </Link>
      )}
      <span>{t("pageOf", { page: page + 1, pages })}</span>
      {page + 1 < pages && (
        <Link className={buttonClass("quiet")} href={`${base}&page=${page + 1}`} scroll={false}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
}
