/** Every platform of the port with its stand-in, and by which ids it names what all of them sell. */

import { type Connection, createPlatform } from "@/lib/catalogue/adapters/create-platform";
import type { LiveKind } from "@/lib/catalogue/adapters/kinds";
import type { CatalogueAdapter } from "@/lib/catalogue/adapters/port";
import { type Patience, usualPatience } from "@/lib/catalogue/adapters/resilience";
import { withMemory } from "@/lib/catalogue/adapters/with-memory";
import { magentoKeys, startMagento } from "./magento";
import { oct8neKeys, startOct8ne } from "./oct8ne";
import { prestaKeys, startPrestaShop } from "./prestashop";
import { shopifyKeys, startShopify } from "./shopify";
import type { StandIn } from "./stand-in";
import { DRESS, SCARF, type StockItem } from "./stock";
import { startWooCommerce, wooKeys } from "./woocommerce";

export interface Platform {
  start(): Promise<StandIn>;
  readonly credentials: Readonly<Record<string, string>>;
  /** Below the stand-in's address. */
  readonly path: string;
  idOf(item: StockItem): string;
  /** Of DRESS, in order; null for a platform that knows no variants. */
  readonly dressVariants: readonly string[] | null;
  readonly scarfVariant: string;
}

const numbers = { idOf: ({ id }: StockItem) => String(id), path: "" };
const variantIds = DRESS.variants.map(({ id }) => String(id));

export const platforms: Readonly<Record<LiveKind, Platform>> = {
  oct8ne: {
    ...numbers,
    start: () => startOct8ne(),
    credentials: oct8neKeys,
    path: "/oct8ne/frame",
    dressVariants: null,
    scarfVariant: "102",
  },
  woocommerce: {
    ...numbers,
    start: startWooCommerce,
    credentials: wooKeys,
    dressVariants: variantIds,
    scarfVariant: "102",
  },
  shopify: {
    ...numbers,
    start: startShopify,
    credentials: shopifyKeys,
    dressVariants: variantIds,
    scarfVariant: String(SCARF.variants[0].id),
  },
  prestashop: {
    ...numbers,
    start: startPrestaShop,
    credentials: prestaKeys,
    dressVariants: variantIds.map((id) => `101-${id}`),
    scarfVariant: "102",
  },
  magento: {
    start: startMagento,
    credentials: magentoKeys,
    path: "",
    idOf: ({ sku }) => sku,
    dressVariants: DRESS.variants.map(({ sku }) => sku),
    scarfVariant: "SKU-102",
  },
};

/** As patient as the real thing, but for the waiting between two tries. */
export const quickPatience: Patience = {
  ...usualPatience,
  timeoutMs: 20_000,
  retryMs: 1,
  maxWaitMs: 50,
  busyMs: 1,
};

export function connectionTo(
  kind: LiveKind,
  standIn: StandIn,
  credentials = platforms[kind].credentials,
): Connection {
  const address = standIn.address + platforms[kind].path;
  return { kind, address, credentials, settings: { locale: "en", currency: "EUR" } };
}

export function adapterTo(
  kind: LiveKind,
  standIn: StandIn,
  over: {
    readonly patience?: Partial<Patience>;
    readonly credentials?: Readonly<Record<string, string>>;
    readonly now?: () => number;
  } = {},
): CatalogueAdapter {
  const connection = connectionTo(kind, standIn, over.credentials);
  return withMemory(createPlatform(connection, { ...quickPatience, ...over.patience }), over.now);
}
