import type { ReactNode } from "react";
import { AppError } from "@/lib/protocol/errors";
import type { Locale } from "@/lib/protocol/locales";
import { findShop, type Shop } from "@/lib/shops/find-shop";
import { type CatalogueSettingsKey, catalogueSettingsMessages } from "@/lib/ui/messages/catalogue-settings";
import { type Translate, translator } from "@/lib/ui/messages/define";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { storefrontMessages } from "@/lib/ui/messages/storefronts";
import { requireAdminPage, SettingsFrame } from "../settings-frame";

export interface CataloguePage {
  readonly shop: Shop;
  readonly locale: Locale;
  readonly t: Translate<CatalogueSettingsKey>;
  readonly frame: (children: ReactNode) => ReactNode;
}

/** Who asks, for which shop, in which language; and what all pages of the catalogue have around them. */
export async function openCataloguePage(path: string): Promise<CataloguePage> {
  const member = await requireAdminPage(path);
  const shop = await findShop(member.shopId);
  if (shop === null) throw new AppError("internal", "a member without a shop");
  const locale = await requestLocale();
  return {
    shop,
    locale,
    t: translator(catalogueSettingsMessages, locale),
    frame: (children) => (
      <MessagesProvider
        locale={locale}
        areas={{
          catalogueSettings: catalogueSettingsMessages[locale],
          storefronts: storefrontMessages[locale],
        }}
      >
        <SettingsFrame part="catalogue" member={member} locale={locale}>
          {children}
        </SettingsFrame>
      </MessagesProvider>
    ),
  };
}
