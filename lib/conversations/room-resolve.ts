/** What a room may put on its panel: the shop's catalogue pictures and what was uploaded into this very conversation. */
import { findProductPicture } from "@/lib/catalogue/find-product";
import { findProductCard } from "@/lib/catalogue/product-card";
import { findConversationPicture } from "@/lib/media/find-conversation-picture";
import type { Resolve } from "@/lib/sync/server/ports";

export const resolve: Resolve = { findProductPicture, findConversationPicture, findProductCard };
