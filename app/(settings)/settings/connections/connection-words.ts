import type { ConnectionProblemKind } from "@/lib/catalogue/adapters/connection-problem";
import type { LiveKind } from "@/lib/catalogue/adapters/kinds";
import type { LiveRight } from "@/lib/catalogue/adapters/port";
import type { ConnectionsKey } from "@/lib/ui/messages/connections";

export const problemWords = {
  keys: "problemKeys",
  rights: "problemRights",
  address: "problemAddress",
  private: "problemPrivate",
  busy: "problemBusy",
  away: "problemAway",
  slow: "problemSlow",
  too_large: "problemTooLarge",
  shape: "problemShape",
  sealed: "problemSealed",
} as const satisfies Record<ConnectionProblemKind, ConnectionsKey>;

export const rightWords = {
  products: "rightProducts",
  stock: "rightStock",
  customers: "rightCustomers",
  orders: "rightOrders",
  carts: "rightCarts",
} as const satisfies Record<LiveRight, ConnectionsKey>;

/** Names that are the same in every language; an adapter for Oct8ne is described instead. */
const names: Readonly<Record<Exclude<LiveKind, "oct8ne">, string>> = {
  woocommerce: "WooCommerce",
  shopify: "Shopify",
  prestashop: "PrestaShop",
  magento: "Magento 2",
};

export function platformName(kind: LiveKind, t: (key: "oct8ne") => string): string {
  return kind === "oct8ne" ? t("oct8ne") : names[kind];
}
