import type { Metadata } from "next";
import { headers } from "next/headers";
import { agentsOnline } from "@/lib/conversations/desk-feed";
import { matchLocale } from "@/lib/protocol/locales";
import { findShopByKey } from "@/lib/shops/find-shop";
import { accentCss } from "@/lib/ui/frame/accent";
import { FrameApp } from "@/lib/ui/frame/frame-app";
import { UnknownShop } from "@/lib/ui/frame/unknown-shop";
import { chatMessages } from "@/lib/ui/messages/chat";
import { frameMessages } from "@/lib/ui/messages/frame";
import { panelMessages } from "@/lib/ui/messages/panel";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export const metadata: Metadata = { title: "Chat", robots: { index: false } };

/** What the loader opens inside the shop's page. The page decides the language; a page that names none gets the shop's. */
export default async function FramePage(props: {
  readonly searchParams: Promise<{ readonly shop?: string | string[]; readonly lang?: string | string[] }>;
}) {
  const { shop: key, lang } = await props.searchParams;
  const shop = typeof key === "string" ? await findShopByKey(key) : null;
  const asked = await requestLocale();
  const locale = lang === undefined ? (matchLocale(shop?.locale) ?? asked) : asked;
  const areas = { frame: frameMessages[locale], chat: chatMessages[locale], panel: panelMessages[locale] };
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <MessagesProvider locale={locale} areas={areas}>
      {shop === null ? (
        <UnknownShop />
      ) : (
        <>
          <style nonce={nonce}>{accentCss(shop.accent)}</style>
          <FrameApp
            shopName={shop.name}
            origins={shop.origins}
            locale={locale}
            agents={agentsOnline(shop.shopId)}
          />
        </>
      )}
    </MessagesProvider>
  );
}
