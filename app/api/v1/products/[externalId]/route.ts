import { verifyVisitorToken } from "@/lib/auth/tokens";
import { findProductPicture } from "@/lib/catalogue/find-product";
import { findProductCard } from "@/lib/catalogue/product-card";
import { resolveExternalId } from "@/lib/catalogue/resolve-external";
import { viewOfVisitor } from "@/lib/catalogue/storefronts/resolve-storefront";
import { bearerToken } from "@/lib/conversations/bearer-token";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { mediaSizes } from "@/lib/media/address";
import { AppError } from "@/lib/protocol/errors";
import type { AskedProduct } from "@/lib/protocol/http";

/** The frame asks once for each page that names a product. */
const ALLOWANCE = { points: 60, seconds: 60 };

/** The product that a shop page names, as this shop's catalogue knows it. */
export async function GET(
  request: Request,
  context: { readonly params: Promise<{ readonly externalId: string }> },
): Promise<Response> {
  return answer(async (): Promise<AskedProduct> => {
    const token = bearerToken(request.headers);
    if (token === null) throw new AppError("unauthorized", "a visitor token is needed");
    const { shopId, visitorId } = await verifyVisitorToken(token);
    await limit("asked-product", visitorId, ALLOWANCE);
    const { externalId } = await context.params;
    const language = new URL(request.url).searchParams.get("language") ?? "";
    const view = await viewOfVisitor({ shopId, visitorId }, language);
    const found = await resolveExternalId(shopId, externalId);
    const card = found && (await findProductCard(view, found.productId));
    if (!card) throw new AppError("not_found", "the catalogue has no such product");
    const picture = await findProductPicture(view, card.productId, 0);
    return {
      productId: card.productId,
      title: card.title,
      sizes: picture ? await mediaSizes(picture, null) : [],
    };
  });
}
