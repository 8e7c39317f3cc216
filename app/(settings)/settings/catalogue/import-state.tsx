import type { ImportView } from "@/lib/protocol/imports";
import type { Locale } from "@/lib/protocol/locales";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { answer, stopImport } from "./catalogue-actions";
import { errorKey } from "./feed-words";

const phaseWords = {
  receiving: "phaseReceiving",
  reading: "phaseReading",
  writing: "phaseWriting",
} as const;

type Props = {
  readonly shown: ImportView;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
};

/** Where an import stands, in words; with what can be done about it. */
export function ImportState({ shown, locale, t }: Props) {
  switch (shown.state) {
    case "waiting":
    case "running":
      return <Going shown={shown} locale={locale} t={t} />;
    case "asking":
      return <Asking shown={shown} locale={locale} t={t} />;
    case "failed":
      return (
        <p role="alert" className={styles.alert} data-testid="import-error">
          {t(errorKey(shown.error ?? "internal"))} {t("failedText")}
          <span className={shared.help}>{shown.detail}</span>
        </p>
      );
    case "unchanged":
      return <p className={styles.none}>{t("unchangedText")}</p>;
    case "kept":
      return <p className={styles.none}>{t("keptText")}</p>;
    case "cancelled":
      return <p className={styles.none}>{t("cancelledText")}</p>;
    case "done":
      return null;
  }
}

function Going({ shown, locale, t }: Props) {
  const { state, phase, total, done } = shown;
  if (shown.stopping) {
    return (
      <p className={styles.none} role="status">
        {t("stoppingText")}
      </p>
    );
  }
  const words = state === "waiting" ? t("waitingText") : t(phaseWords[phase]);
  return (
    <div className={styles.going} data-testid="import-progress">
      <p role="status">
        {words} {state === "running" && <span className={shared.help}>{howFar(shown, locale, t)}</span>}
      </p>
      <progress
        className={styles.progress}
        aria-label={words}
        {...(state === "running" &&
          total !== null &&
          total > 0 && { max: total, value: Math.min(done, total) })}
      />
      <form action={stopImport}>
        <input type="hidden" name="importId" value={shown.importId} />
        <Button type="submit" look="quiet">
          {t("stop")}
        </Button>
      </form>
    </div>
  );
}

function howFar({ phase, rows, done, total }: ImportView, locale: Locale, t: Props["t"]): string {
  if (phase === "reading") return t("progressRows", { count: rows });
  if (phase === "writing") return total === null ? "" : t("progressProducts", { done, count: total });
  const size = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "megabyte",
    unitDisplay: "short",
    maximumFractionDigits: 1,
  });
  const megabytes = (bytes: number) => size.format(bytes / 1_000_000);
  return total === null
    ? megabytes(done)
    : t("progressBytes", { done: megabytes(done), total: megabytes(total) });
}

function Asking({ shown, t }: Props) {
  const products = shown.figures?.products ?? { gone: 0, changed: 0, unchanged: 0 };
  const before = products.gone + products.changed + products.unchanged;
  const share = before === 0 ? 0 : Math.round((products.gone / before) * 100);
  return (
    <form className={styles.ask} action={answer} data-testid="import-asks">
      <input type="hidden" name="importId" value={shown.importId} />
      <h3>{t("askTitle", { count: products.gone, share })}</h3>
      <p>{t("askText")}</p>
      <div className={styles.bar}>
        <Button look="primary" type="submit" name="answer" value="keep" data-testid="keep">
          {t("keep")}
        </Button>
        <Button look="danger" type="submit" name="answer" value="import" data-testid="import-anyway">
          {t("importAnyway")}
        </Button>
      </div>
    </form>
  );
}
