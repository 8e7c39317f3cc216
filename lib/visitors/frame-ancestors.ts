import { findShopByKey } from "@/lib/shops/find-shop";

/** Scheme, host and port, nothing that could end the directive and start another. */
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i;

/** Value of `frame-ancestors` for a shop's frame: its own origins, or nobody. */
export async function frameAncestorsFor(shopKey: string): Promise<string> {
  const shop = await findShopByKey(shopKey);
  const origins = shop?.origins.filter((origin) => ORIGIN.test(origin)) ?? [];
  return origins.length > 0 ? origins.join(" ") : "'none'";
}
