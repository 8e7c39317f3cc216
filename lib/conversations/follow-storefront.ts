/** A conversation shows the storefront of the page on which its customer is: she may have changed the shop's language. */
import { findStorefrontOf } from "@/lib/catalogue/storefronts/resolve-storefront";
import { getDb } from "@/lib/db/client";
import { deskPort } from "@/lib/protocol/desk-port";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Asker } from "./open-conversation";

/** @param locale of the page, by its own word: it chooses only among storefronts of the page's origin */
export async function followStorefront(
  visitor: Asker,
  conversationId: ConversationId,
  locale: string,
): Promise<void> {
  const { shopId } = visitor;
  const storefrontId = await findStorefrontOf(visitor, locale);
  const changed = await getDb().$executeRaw`
    UPDATE "Conversation" SET "storefrontId" = ${storefrontId}
    WHERE "id" = ${conversationId} AND "shopId" = ${shopId} AND "storefrontId" IS DISTINCT FROM ${storefrontId}`;
  if (changed > 0) deskPort.find()?.conversationChanged(shopId, conversationId);
}
