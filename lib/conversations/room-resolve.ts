/** What a room may put on its panel: the shop's catalogue pictures and what was uploaded into this very conversation. */
import { findProductPicture } from "@/lib/catalogue/find-product";
import { findProductCard } from "@/lib/catalogue/product-card";
import { findConversationAsset } from "@/lib/media/find-conversation-asset";
import type { Resolve } from "@/lib/sync/server/ports";

export const resolve: Resolve = { findProductPicture, findConversationAsset, findProductCard };
