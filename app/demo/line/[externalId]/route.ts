import { findStorefront, findStorefrontProduct } from "@/lib/catalogue/storefront";
import { answer } from "@/lib/http/answer";
import { AppError } from "@/lib/protocol/errors";
import { pictureUrl } from "@/lib/ui/demo/picture";

/** GET: a cart line for a variant (or a product's first one to be had), at the shop's own price. */
export async function GET(
  _request: Request,
  route: { params: Promise<{ externalId: string }> },
): Promise<Response> {
  return answer(async () => {
    const shop = await findStorefront();
    const externalId = decodeURIComponent((await route.params).externalId);
    const product = shop && (await findStorefrontProduct(shop.shopId, externalId));
    const variant =
      product?.variants.find((one) => one.id === externalId) ??
      product?.variants.find((one) => one.available);
    if (!product || !variant?.available) throw new AppError("not_found", "not to be had");
    const [picture] = product.pictures;
    return {
      id: variant.id,
      productId: product.id,
      title: product.title,
      label: [variant.color, variant.size].filter(Boolean).join(", "),
      unitMinor: variant.saleMinor ?? variant.priceMinor,
      currency: variant.currency,
      picture: picture ? pictureUrl(picture.assetId, picture.sizes[0] ?? 0) : "",
    };
  });
}
