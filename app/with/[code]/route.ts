import { headers } from "next/headers";
import { frameAssets } from "@/app/frame/frame-assets";
import { frameHtml } from "@/app/frame/frame-html";
import { findInvitation } from "@/lib/conversations/companions/find-invitation";
import { NONCE_HEADER } from "@/lib/protocol/request-headers";
import { findShop } from "@/lib/shops/find-shop";
import { accentCss } from "@/lib/ui/frame/accent";
import { chatMessages } from "@/lib/ui/messages/chat";
import { commonMessages } from "@/lib/ui/messages/common";
import { companionMessages } from "@/lib/ui/messages/companion";
import { translator } from "@/lib/ui/messages/define";
import { frameMessages } from "@/lib/ui/messages/frame";
import { panelMessages } from "@/lib/ui/messages/panel";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export const dynamic = "force-dynamic";

/** Where a companion looks along, in her own language. Opening it joins nothing: programs that preview links do that, too. */
export async function GET(
  _request: Request,
  route: { params: Promise<{ code: string }> },
): Promise<Response> {
  const { code } = await route.params;
  const invitation = await findInvitation(code);
  const shop = invitation && (await findShop(invitation.shopId));
  const locale = await requestLocale();
  const t = translator(companionMessages, locale);
  const html = frameHtml({
    boot: {
      locale,
      areas: {
        common: commonMessages[locale],
        frame: frameMessages[locale],
        chat: chatMessages[locale],
        companion: companionMessages[locale],
        panel: panelMessages[locale],
      },
      code,
      invitation: invitation && shop && { shop: shop.name, customer: invitation.customer },
    },
    assets: await frameAssets("companion"),
    title: shop?.name ?? t("goneTitle"),
    needsScript: translator(frameMessages, locale)("needsScript"),
    accentCss: shop ? accentCss(shop.accent) : "",
    nonce: (await headers()).get(NONCE_HEADER) ?? "",
  });
  return new Response(html, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
