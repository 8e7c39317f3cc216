import Link from "next/link";
import type { PictureFigures } from "@/lib/protocol/imports";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";

/** How the pictures and videos that feeds name are doing; nothing where no feed names any. */
export function PictureFacts(props: {
  readonly figures: PictureFigures;
  /** Left out: of all sources. */
  readonly sourceId?: string;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { figures, sourceId, t } = props;
  const of = sourceId === undefined ? "" : `?source=${encodeURIComponent(sourceId)}`;
  if (figures.waiting + figures.stored + figures.failed === 0) return null;
  return (
    <section className={shared.section} aria-labelledby="pictures-title">
      <div className={shared.about}>
        <h2 id="pictures-title">{t("pictures")}</h2>
        <p>{t("picturesText")}</p>
      </div>
      <div className={`${shared.card} ${styles.facts}`} data-testid="pictures">
        <p>{t("picturesStored", { count: figures.stored })}</p>
        {figures.waiting > 0 && <p>{t("picturesWaiting", { count: figures.waiting })}</p>}
        {figures.failed > 0 && (
          <p>
            <Link href={`/settings/catalogue/pictures${of}`}>
              {t("picturesFailed", { count: figures.failed })}
            </Link>
          </p>
        )}
      </div>
    </section>
  );
}
