/** What a room may put on its panel: the shop's catalogue pictures and what was uploaded into this very conversation. */
import { findProductPicture } from "@/lib/catalogue/find-product";
import { findProductCard } from "@/lib/catalogue/product-card";
import { findConversationAsset } from "@/lib/media/find-conversation-asset";
import type { Resolve } from "@/lib/sync/server/ports";
import { viewOf } from "./view-of";

export const resolve: Resolve = {
  findConversationAsset,
  findProductPicture: async (of, productId, pictureIndex) =>
    findProductPicture(await viewOf(of), productId, pictureIndex),
  findProductCard: async (of, productId) => findProductCard(await viewOf(of), productId),
};
