import type { WindowProduct, WindowVariant } from "@/lib/catalogue/demo-window";
import type { CartLine } from "./cart-store";
import { pictureUrl } from "./picture";

/** What the cart keeps of a variant, at the shop's price, with the product's picture at `pictureIndex`. */
export function cartLine(
  product: WindowProduct,
  variant: WindowVariant,
  pictureIndex: number,
): Omit<CartLine, "quantity"> {
  const picture = product.pictures[pictureIndex];
  return {
    id: variant.id,
    productId: product.id,
    title: product.title,
    label: [variant.color, variant.size].filter(Boolean).join(", "),
    unitMinor: variant.saleMinor ?? variant.priceMinor,
    currency: variant.currency,
    picture: picture ? pictureUrl(picture.assetId, picture.sizes[0] ?? 0) : "",
  };
}
