/** The two things a shop's page may ask of us. Limits and bodies are the routes'; who may ask is decided here. */
import type { ShopId, VisitorId } from "@/lib/protocol/ids";
import { createVisitor, requireVisitor } from "./create-visitor";
import { requireShopOrigin } from "./shop-origin";

export async function newVisitorFor(
  shopKey: string,
  origin: string | null,
): Promise<{ visitorToken: string }> {
  const shop = await requireShopOrigin(shopKey, origin);
  return { visitorToken: await createVisitor(shop.shopId) };
}

export async function knownVisitorFor(
  asked: { readonly shopKey: string; readonly visitorToken: string },
  origin: string | null,
): Promise<{ readonly shopId: ShopId; readonly visitorId: VisitorId }> {
  const shop = await requireShopOrigin(asked.shopKey, origin);
  return requireVisitor(asked.visitorToken, shop.shopId);
}
