import { findWindow, findWindowProduct } from "@/lib/catalogue/demo-window";
import { answer } from "@/lib/http/answer";
import { AppError } from "@/lib/protocol/errors";
import { cartLine } from "@/lib/ui/demo/cart-line";

/** GET: a cart line for a variant (or a product's first one to be had), at the shop's own price. */
export async function GET(
  _request: Request,
  route: { params: Promise<{ externalId: string }> },
): Promise<Response> {
  return answer(async () => {
    const shop = await findWindow();
    const externalId = (await route.params).externalId;
    const product = shop && (await findWindowProduct(shop.shopId, externalId));
    const variant =
      product?.variants.find((one) => one.id === externalId) ??
      product?.variants.find((one) => one.available) ??
      product?.variants[0];
    if (!product || !variant) throw new AppError("not_found", "not sold here");
    if (!variant.available) throw new AppError("conflict", "sold out");
    return cartLine(product, variant, 0);
  });
}
