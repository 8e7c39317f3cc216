import Link from "next/link";
import type { Locale } from "@/lib/protocol/locales";
import type { Storefront } from "@/lib/protocol/storefronts";
import { buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { storefrontMessages } from "@/lib/ui/messages/storefronts";
import shared from "../../settings.module.css";

/** The shop's further storefronts; most shops have none, and read one line. */
export function StorefrontList(props: {
  readonly storefronts: readonly Storefront[];
  readonly locale: Locale;
}) {
  const { storefronts, locale } = props;
  const t = translator(storefrontMessages, locale);
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return (
    <section className={shared.section} aria-labelledby="storefronts-title">
      <div className={shared.about}>
        <h2 id="storefronts-title">{t("title")}</h2>
        <p>{t("text")}</p>
      </div>
      <div className={shared.card}>
        {storefronts.length === 0 ? (
          <p className={shared.row}>{t("none")}</p>
        ) : (
          <ul className={shared.rows}>
            {storefronts.map((one) => (
              <li key={one.storefrontId} className={shared.row} data-testid="storefront">
                <div className={shared.grow}>
                  <p className={shared.strong}>
                    <Link href={`/settings/catalogue/storefronts/${one.storefrontId}`}>{one.name}</Link>
                  </p>
                  <p className={shared.help}>
                    {[names.of(one.locale) ?? one.locale, one.currency].join(" · ")}
                    {" · "}
                    {one.sources === 0 && one.products === 0
                      ? t("noFeed")
                      : t("products", { count: one.products })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
        <div className={shared.foot}>
          <Link
            className={buttonClass("secondary")}
            href="/settings/catalogue/storefronts/new"
            data-testid="add-storefront"
          >
            {t("add")}
          </Link>
        </div>
      </div>
    </section>
  );
}
