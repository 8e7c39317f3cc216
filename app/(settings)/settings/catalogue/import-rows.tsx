import Link from "next/link";
import type { ImportView } from "@/lib/protocol/imports";
import type { Locale } from "@/lib/protocol/locales";
import { LocalTime } from "@/lib/ui/insights/local-time";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { StateTag } from "./state-tag";

const shown = ["new", "changed", "gone"] as const;

/** Imports, the newest first, with what each changed. */
export function ImportRows(props: {
  readonly imports: readonly ImportView[];
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { imports, locale, t } = props;
  return (
    <div className={shared.card}>
      {imports.length === 0 && <p className={styles.none}>{t("historyEmpty")}</p>}
      <ul className={shared.rows}>
        {imports.map((each) => (
          <li key={each.importId} className={shared.row} data-testid="import">
            <div className={shared.grow}>
              <p className={shared.strong}>
                <Link href={`/settings/catalogue/imports/${each.importId}`}>
                  <LocalTime ms={Date.parse(each.createdAt)} locale={locale} />
                </Link>
                <StateTag state={each.state} t={t} />
              </p>
              <p className={shared.help}>
                {each.sourceName} · {each.startedBy === "" ? t("bySchedule") : each.startedBy}
              </p>
            </div>
            {each.state === "done" && each.figures !== null && (
              <dl className={styles.small}>
                {shown.map((name) => (
                  <div key={name}>
                    <dt>{t(name)}</dt>
                    <dd>{new Intl.NumberFormat(locale).format(each.figures?.products[name] ?? 0)}</dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
