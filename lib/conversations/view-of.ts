import { type CatalogueView, findView } from "@/lib/catalogue/catalogue-view";
import { getDb } from "@/lib/db/client";
import type { ConversationId, ShopId } from "@/lib/protocol/ids";

/** Whose words and prices this conversation shows. Looked up each time: its customer may have gone to another storefront. */
export async function viewOf(of: {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
}): Promise<CatalogueView> {
  const row = await getDb().conversation.findFirst({
    where: { id: of.conversationId, shopId: of.shopId },
    select: { storefrontId: true },
  });
  return findView(of.shopId, row?.storefrontId ?? null);
}
