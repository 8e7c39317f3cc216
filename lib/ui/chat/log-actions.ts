/** What a card in the log can set off. A host leaves out what its reader may not do. */
import type { CartAnswer } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import type { AssetId, ItemId } from "@/lib/protocol/ids";

export interface LogActions {
  /** Bring an item that is on the panel into view. */
  readonly openItem?: (itemId: ItemId, assetId: AssetId) => void;
  /** Put a product on the panel, or bring it into view. Rejects when that is refused. */
  readonly openProduct?: (product: ProductCard) => Promise<void>;
  /** Put a variant into the shop's cart. */
  readonly addToCart?: (product: ProductCard, variantExternalId: string) => Promise<CartAnswer>;
  /** Put it on the shop's wish list, where it has one. */
  readonly addToWishlist?: (product: ProductCard) => Promise<CartAnswer>;
  /** Go to the product's page. */
  readonly openPage?: (product: ProductCard) => void;
  /** A message that was refused: send it again, or forget it. */
  readonly retry?: (clientId: string) => void;
  readonly discard?: (clientId: string) => void;
}
