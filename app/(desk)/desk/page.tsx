import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { findMember } from "@/lib/auth/require-member";
import { findShop } from "@/lib/shops/find-shop";
import { Desk } from "@/lib/ui/desk/desk";
import { basketMessages } from "@/lib/ui/messages/basket";
import { catalogueMessages } from "@/lib/ui/messages/catalogue";
import { chatMessages } from "@/lib/ui/messages/chat";
import { commonMessages } from "@/lib/ui/messages/common";
import { deskMessages } from "@/lib/ui/messages/desk";
import { mirrorDeskMessages } from "@/lib/ui/messages/mirror-desk";
import { panelMessages } from "@/lib/ui/messages/panel";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export const metadata: Metadata = { title: "Vetrina" };

export default async function DeskPage() {
  const member = await findMember(await headers());
  if (member === null) redirect("/sign-in?next=/desk");
  const shop = await findShop(member.shopId);
  if (shop === null) notFound();
  const locale = await requestLocale();
  const areas = {
    common: commonMessages[locale],
    desk: deskMessages[locale],
    basket: basketMessages[locale],
    catalogue: catalogueMessages[locale],
    chat: chatMessages[locale],
    panel: panelMessages[locale],
    mirrorDesk: mirrorDeskMessages[locale],
  };
  return (
    <MessagesProvider locale={locale} areas={areas}>
      <Desk member={{ name: member.name, role: member.role, shopKey: shop.key }} />
    </MessagesProvider>
  );
}
