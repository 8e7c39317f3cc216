import type { ImportFigures } from "@/lib/protocol/imports";
import type { Locale } from "@/lib/protocol/locales";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import styles from "./catalogue.module.css";

/** What an import counted. */
export function Figures(props: {
  readonly figures: ImportFigures;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { figures, locale, t } = props;
  const number = new Intl.NumberFormat(locale);
  const shown: readonly (readonly [CatalogueSettingsKey, number])[] = [
    ["new", figures.products.new],
    ["changed", figures.products.changed],
    ["gone", figures.products.gone],
    ["unchanged", figures.products.unchanged],
    ["rows", figures.rows],
    ["variants", figures.variants],
    ["rejected", figures.rejected],
    ["incomplete", figures.incomplete],
    ...(figures.skipped > 0 ? [["skipped", figures.skipped] as const] : []),
  ];
  return (
    <dl className={styles.figures} data-testid="figures">
      {shown.map(([words, value]) => (
        <div key={words} data-figure={words}>
          <dt>{t(words)}</dt>
          <dd>{number.format(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
