import { getDb } from "@/lib/db/client";
import { mediaSizes } from "@/lib/media/address";
import { findConversationPicture } from "@/lib/media/find-conversation-picture";
import { AppError } from "@/lib/protocol/errors";
import type { ResolvedItem } from "@/lib/protocol/http";
import { assetIdSchema, type ConversationId, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { findCataloguePicture } from "./find-product";
import { productCard } from "./product-card";
import { productRow } from "./product-row";

/**
 * What a panel item's reference stands for, for somebody who may see this conversation. A picture of another
 * conversation or of another shop is not found, whoever asks.
 * @param reference as it stands in the address, unchecked
 * @throws AppError not_found
 */
export async function loadItem(
  conversation: { readonly conversationId: ConversationId; readonly shopId: ShopId },
  reference: { readonly source: string; readonly sourceId: string; readonly productId: string | null },
): Promise<ResolvedItem> {
  const assetId = assetIdSchema.safeParse(reference.sourceId);
  if (assetId.success && reference.source === "asset") {
    const picture = await findConversationPicture(conversation.conversationId, assetId.data);
    if (picture) return { ...(await shown(picture)), product: null, pictureIds: [] };
  }
  if (assetId.success && reference.source === "product") {
    const productId = productIdSchema.safeParse(reference.productId);
    const picture = await findCataloguePicture(
      conversation.shopId,
      assetId.data,
      productId.success ? productId.data : null,
    );
    if (picture) return { ...(await shown(picture)), ...(await productOf(picture)) };
  }
  throw new AppError("not_found", "nothing that this conversation may show");
}

async function shown(
  picture: Parameters<typeof mediaSizes>[0] & { width: number; height: number; title: string },
) {
  const { width, height, title } = picture;
  return { width, height, title, sizes: await mediaSizes(picture) };
}

async function productOf({ productId }: { readonly productId: string }) {
  const row = await getDb().product.findUniqueOrThrow({ where: { id: productId }, include: productRow });
  return {
    product: productCard(row),
    pictureIds: row.pictures.map((each) => assetIdSchema.parse(each.assetId)),
  };
}
