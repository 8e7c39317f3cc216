import { findShopByKey } from "@/lib/shops/find-shop";

/** The page's origin if the shop named it; null otherwise, and then no page may read the answer. */
export async function findAllowedOrigin(shopKey: string, origin: string | null): Promise<string | null> {
  if (!shopKey || !origin) return null;
  const shop = await findShopByKey(shopKey);
  return shop?.origins.includes(origin) ? origin : null;
}
