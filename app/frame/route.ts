import { headers } from "next/headers";
import { agentsOnline } from "@/lib/conversations/desk-feed";
import { matchLocale } from "@/lib/protocol/locales";
import { NONCE_HEADER } from "@/lib/protocol/request-headers";
import { findShopByKey } from "@/lib/shops/find-shop";
import { accentCss } from "@/lib/ui/frame/accent";
import { basketMessages } from "@/lib/ui/messages/basket";
import { chatMessages } from "@/lib/ui/messages/chat";
import { commonMessages } from "@/lib/ui/messages/common";
import { companionMessages } from "@/lib/ui/messages/companion";
import { translator } from "@/lib/ui/messages/define";
import { frameMessages } from "@/lib/ui/messages/frame";
import { mirrorMessages } from "@/lib/ui/messages/mirror";
import { panelMessages } from "@/lib/ui/messages/panel";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { frameAssets } from "./frame-assets";
import { frameHtml } from "./frame-html";

export const dynamic = "force-dynamic";

/** What the loader opens inside the shop's page. The page decides the language; a page that names none gets the shop's. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const key = searchParams.get("shop");
  const shop = key === null ? null : await findShopByKey(key);
  const asked = await requestLocale();
  const locale = searchParams.has("lang") ? asked : (matchLocale(shop?.locale) ?? asked);
  const t = translator(frameMessages, locale);
  const html = frameHtml({
    boot: {
      locale,
      areas: {
        common: commonMessages[locale],
        // Said where files are sent, by the shops that it is true of.
        frame: { ...frameMessages[locale], ...(shop?.keepOriginals ? {} : { keepsFiles: "" }) },
        basket: basketMessages[locale],
        chat: chatMessages[locale],
        companion: companionMessages[locale],
        panel: panelMessages[locale],
        mirror: mirrorMessages[locale],
      },
      shop: shop && { name: shop.name, origins: shop.origins, agents: agentsOnline(shop.shopId) },
    },
    assets: await frameAssets("frame"),
    title: shop?.name ?? t("unknownShop"),
    needsScript: t("needsScript"),
    accentCss: shop ? accentCss(shop.accent) : "",
    nonce: (await headers()).get(NONCE_HEADER) ?? "",
  });
  return new Response(html, {
    status: shop ? 200 : 404,
    // Names who is at the desk now, and carries this answer's nonce.
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
