/**
 * What agents call a customer (CO7): by the name that her shop vouched for, else a word of the shop's language and her
 * number. Data, not interface text: it is stored.
 */
import type { Prisma } from "@/lib/db/client";
import { defaultLocale, type Locale, matchLocale } from "@/lib/protocol/locales";

const words: Record<Locale, string> = { en: "Guest", de: "Gast", it: "Ospite", es: "Visita", fr: "Invitée" };

/** Inside the transaction that opens her conversation; the visitor's row is locked by the caller. */
export async function guestName(
  tx: Prisma.TransactionClient,
  visitor: {
    readonly id: string;
    readonly shopId: string;
    readonly guestNumber: number | null;
    readonly personId: string | null;
  },
): Promise<string> {
  if (visitor.personId !== null) {
    const { name } = await tx.person.findUniqueOrThrow({
      where: { id: visitor.personId },
      select: { name: true },
    });
    if (name !== "") return name;
  }
  if (visitor.guestNumber !== null) {
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: visitor.shopId }, select: { locale: true } });
    return nameOf(shop.locale, visitor.guestNumber);
  }
  const shop = await tx.shop.update({
    where: { id: visitor.shopId },
    data: { guestCount: { increment: 1 } },
    select: { guestCount: true, locale: true },
  });
  await tx.visitor.update({ where: { id: visitor.id }, data: { guestNumber: shop.guestCount } });
  return nameOf(shop.locale, shop.guestCount);
}

function nameOf(locale: string, number: number): string {
  return `${words[matchLocale(locale) ?? defaultLocale]} ${number}`;
}
