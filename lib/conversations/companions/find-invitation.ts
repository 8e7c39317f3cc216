/** What a companion's address leads to, for its page and for who comes in by it. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { companionCodeSchema } from "@/lib/protocol/http-requests";
import { type ConversationId, conversationIdSchema, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { type Locale, matchLocale } from "@/lib/protocol/locales";

export interface Invitation {
  readonly code: string;
  readonly conversationId: ConversationId;
  readonly shopId: ShopId;
  /** What the customer is called in her conversation. */
  readonly customer: string;
  readonly locale: Locale;
}

const rowSchema = z.object({ id: conversationIdSchema, shopId: shopIdSchema });

/** Null for a code that nobody gave, that was taken back, or whose conversation has ended. */
export async function findInvitation(code: string): Promise<Invitation | null> {
  const parsed = companionCodeSchema.safeParse(code);
  if (!parsed.success) return null;
  const row = await getDb().conversation.findUnique({
    where: { companionCode: parsed.data, status: { not: "closed" } },
    select: {
      ...{ id: true, shopId: true, locale: true },
      participants: { where: { role: "customer" }, select: { name: true } },
    },
  });
  const [customer] = row?.participants ?? [];
  const locale = matchLocale(row?.locale);
  if (row === null || customer === undefined || !locale) return null;
  const { id: conversationId, shopId } = rowSchema.parse(row);
  return { code: parsed.data, conversationId, shopId, customer: customer.name, locale };
}
