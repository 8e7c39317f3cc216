import Link from "next/link";
import type { Source } from "@/lib/catalogue/imports/source";
import type { ImportView } from "@/lib/protocol/imports";
import type { Locale } from "@/lib/protocol/locales";
import type { NamedStorefront } from "@/lib/protocol/storefronts";
import { Button, buttonClass } from "@/lib/ui/controls/button";
import { LocalTime } from "@/lib/ui/insights/local-time";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import shared from "../settings.module.css";
import { importNow } from "./catalogue-actions";
import { StateTag } from "./state-tag";

/** One source: how it went last, when it is read next, and the button to read it now. */
export function SourceRow(props: {
  readonly source: Source;
  /** Whose it is; null: the shop's own. */
  readonly storefront: NamedStorefront | null;
  readonly last: ImportView | null;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const { source, last, locale, t } = props;
  const page = `/settings/catalogue/sources/${source.sourceId}`;
  return (
    <li className={shared.row} data-testid="source">
      <div className={shared.grow}>
        <p className={shared.strong}>
          <Link href={page}>{source.name}</Link>
          {last !== null && <StateTag state={last.state} t={t} />}
        </p>
        <p className={shared.help}>
          {props.storefront !== null && `${props.storefront.name} · `}
          {last === null ? t("never") : <LocalTime ms={Date.parse(last.createdAt)} locale={locale} />}
          {" · "}
          {source.nextAt === null ? t("byHand") : null}
          {source.nextAt !== null && <NextTime at={source.nextAt} locale={locale} t={t} />}
        </p>
      </div>
      {source.kind === "address" ? (
        <form action={importNow}>
          <input type="hidden" name="sourceId" value={source.sourceId} />
          <Button type="submit" aria-label={t("importNowOf", { name: source.name })}>
            {t("importNow")}
          </Button>
        </form>
      ) : (
        <Link className={buttonClass("secondary")} href={`${page}#newer-title`}>
          {t("newerFile")}
        </Link>
      )}
    </li>
  );
}

/** "Next: 23 Nov 2026, 06:00": the moment stands where the words have it. */
function NextTime(props: {
  readonly at: Date;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  const [before = "", after = ""] = props.t("nextAt", { when: "\n" }).split("\n");
  return (
    <>
      {before}
      <LocalTime ms={props.at.getTime()} locale={props.locale} />
      {after}
    </>
  );
}
