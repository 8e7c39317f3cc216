"use client";
import type { FeedPreview as Preview, PreviewRow } from "@/lib/protocol/feeds";
import { minorDigits } from "@/lib/protocol/minor-digits";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { reasonWords } from "./feed-words";

/** The first rows of a feed as an import would read them, with what is wrong. */
export function FeedPreview({ preview }: { readonly preview: Preview }) {
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const { rows, broken } = preview;
  return (
    <div className={shared.card} data-testid="feed-preview">
      <h3 className={styles.cardTitle}>{t("firstRows", { count: rows.length })}</h3>
      {broken !== "" && (
        <p role="alert" className={styles.alert}>
          {t("broken")} <span className={shared.help}>{broken}</span>
        </p>
      )}
      {rows.length === 0 && <p className={styles.none}>{t("noRows")}</p>}
      <ol className={shared.rows}>
        {rows.map((row) => (
          <Row key={`${row.line} ${row.externalId}`} row={row} />
        ))}
      </ol>
    </div>
  );
}

function Row({ row }: { readonly row: PreviewRow }) {
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const locale = useLocale();
  const isOut = row.rejected.length > 0;
  const facts = [row.externalId, row.brand, row.category, row.color, row.size].filter((text) => text !== "");
  const price = (minor: number | null) => (minor === null ? "" : money(minor, row.currency, locale));
  return (
    <li className={shared.row} data-testid="preview-row" data-out={isOut || undefined}>
      <div className={shared.grow}>
        <p className={shared.strong}>
          {row.title || "–"}
          {isOut && <span className={`${styles.tag} ${styles.bad}`}>{t("leftOut")}</span>}
          {!isOut && row.warnings.length > 0 && (
            <span className={`${styles.tag} ${styles.warning}`}>{t("inPart")}</span>
          )}
        </p>
        <p className={shared.help}>{facts.join(" · ")}</p>
        {[...row.rejected, ...row.warnings].map((reason) => (
          <p key={reason} className={isOut ? styles.wrong : styles.unsure}>
            {reasonWords(t, reason)}
          </p>
        ))}
      </div>
      <p className={styles.price}>
        {row.saleMinor !== null && <s>{price(row.priceMinor)}</s>} {price(row.saleMinor ?? row.priceMinor)}
        <span className={shared.help}>{t("pictureCount", { count: row.imageCount })}</span>
        {row.videoCount > 0 && (
          <span className={shared.help}>{t("videoCount", { count: row.videoCount })}</span>
        )}
      </p>
    </li>
  );
}

function money(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency);
  return digits === null
    ? String(minor)
    : new Intl.NumberFormat(locale, { style: "currency", currency }).format(minor / 10 ** digits);
}
