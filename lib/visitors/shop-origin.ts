/** Which pages may act for a shop: those whose origin the shop named. The key in the script tag grants nothing. */
import { AppError } from "@/lib/protocol/errors";
import { findShopByKey, type Shop } from "@/lib/shops/find-shop";
import { noteRefusedOrigin } from "./refused-origins";

/**
 * The shop behind a key, for a request from one of its own pages.
 * @param origin the request's Origin header; browsers send it with every POST and pages cannot forge it
 * @throws AppError not_found for an unknown key, forbidden for a page of another site
 */
export async function requireShopOrigin(shopKey: string, origin: string | null): Promise<Shop> {
  const shop = await findShopByKey(shopKey);
  if (!shop) throw new AppError("not_found", "no shop has this key");
  if (origin === null || !shop.origins.includes(origin)) {
    if (origin !== null) noteRefusedOrigin(shop.shopId, origin, Date.now());
    throw new AppError("forbidden", "this page's origin is not one of the shop's");
  }
  return shop;
}
