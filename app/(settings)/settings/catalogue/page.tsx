import type { Metadata } from "next";
import Link from "next/link";
import { listImports } from "@/lib/catalogue/imports/list-imports";
import { listSources } from "@/lib/catalogue/imports/source";
import { loadPictureFigures } from "@/lib/catalogue/pictures/picture-figures";
import { listStorefronts } from "@/lib/catalogue/storefronts/storefronts";
import { isOver } from "@/lib/protocol/imports";
import { buttonClass } from "@/lib/ui/controls/button";
import { catalogueSettingsMessages } from "@/lib/ui/messages/catalogue-settings";
import { translator } from "@/lib/ui/messages/define";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { openCataloguePage } from "./catalogue-frame";
import { ImportRows } from "./import-rows";
import { Live } from "./live";
import { PictureFacts } from "./picture-facts";
import { SourceRow } from "./source-row";
import { StorefrontList } from "./storefronts/storefront-list";
import { waitingFor } from "./waiting-for";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(catalogueSettingsMessages, await requestLocale())("title")} · Vetrina` };
}

/** Imports of all sources that the first page shows; each source's page has its own. */
const SHOWN = 10;

/** Where the shop's products come from, how that went, and how their pictures are doing. */
export default async function CatalogueSettingsPage() {
  const { shop, locale, t, frame } = await openCataloguePage("/settings/catalogue");
  const [sources, imports, pictures, storefronts] = await Promise.all([
    listSources(shop.shopId),
    listImports(shop.shopId, { take: SHOWN }),
    loadPictureFigures({ shopId: shop.shopId }),
    listStorefronts(shop.shopId),
  ]);
  if (sources.length === 0) {
    return frame(
      <>
        <section className={styles.empty} data-testid="catalogue-empty">
          <h2>{t("emptyTitle")}</h2>
          <p>{t("emptyText")}</p>
          <Link className={buttonClass("primary")} href="/settings/catalogue/new" data-testid="add-source">
            {t("addSource")}
          </Link>
        </section>
        {storefronts.length > 0 && <StorefrontList storefronts={storefronts} locale={locale} />}
      </>,
    );
  }
  return frame(
    <>
      <Live
        of={waitingFor(
          imports.some(({ state }) => !isOver(state)),
          pictures.waiting,
        )}
      />
      <section className={shared.section} aria-labelledby="sources-title">
        <div className={shared.about}>
          <h2 id="sources-title">{t("sources")}</h2>
          <p>{t("sourcesText")}</p>
        </div>
        <div className={shared.card}>
          <ul className={shared.rows}>
            {sources.map((source) => (
              <SourceRow
                key={source.sourceId}
                source={source}
                storefront={
                  storefronts.find((one) => one.storefrontId === source.reading.storefrontId) ?? null
                }
                last={imports.find(({ sourceId }) => sourceId === source.sourceId) ?? null}
                locale={locale}
                t={t}
              />
            ))}
          </ul>
          <div className={shared.foot}>
            <Link
              className={buttonClass("secondary")}
              href="/settings/catalogue/new"
              data-testid="add-source"
            >
              {t("addSource")}
            </Link>
          </div>
        </div>
      </section>
      <StorefrontList storefronts={storefronts} locale={locale} />
      <PictureFacts figures={pictures} t={t} />
      <section className={shared.section} aria-labelledby="history-title">
        <div className={shared.about}>
          <h2 id="history-title">{t("history")}</h2>
          <p>{t("historyText")}</p>
        </div>
        <ImportRows imports={imports} locale={locale} t={t} />
      </section>
    </>,
  );
}
