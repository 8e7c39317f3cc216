import { type ConnectionSettings, credentialsOf } from "./credentials";
import type { LiveKind } from "./kinds";
import { createMagentoAdapter } from "./magento/create-magento-adapter";
import { createOct8neAdapter } from "./oct8ne/create-oct8ne-adapter";
import type { PlatformAdapter } from "./port";
import { createPrestaShopAdapter } from "./prestashop/create-prestashop-adapter";
import { createResilience, type Patience, usualPatience } from "./resilience";
import { createShopifyAdapter } from "./shopify/create-shopify-adapter";
import { createWooCommerceAdapter } from "./woocommerce/create-woocommerce-adapter";

/** A connection as it is used: its keys unsealed. */
export interface Connection {
  readonly kind: LiveKind;
  /** No slash at its end. */
  readonly address: string;
  /** As their platform's shape in `credentialsOf` demands. */
  readonly credentials: unknown;
  readonly settings: ConnectionSettings;
}

/** Asks nothing yet. @throws ZodError for credentials that are not the platform's */
export function createPlatform(connection: Connection, patience: Patience = usualPatience): PlatformAdapter {
  const { kind, address, credentials, settings } = connection;
  const resilience = createResilience(patience);
  switch (kind) {
    case "oct8ne":
      return createOct8neAdapter(address, credentialsOf.oct8ne.parse(credentials), settings, resilience);
    case "woocommerce":
      return createWooCommerceAdapter(
        address,
        credentialsOf.woocommerce.parse(credentials),
        settings,
        resilience,
      );
    case "shopify":
      return createShopifyAdapter(address, credentialsOf.shopify.parse(credentials), settings, resilience);
    case "prestashop":
      return createPrestaShopAdapter(
        address,
        credentialsOf.prestashop.parse(credentials),
        settings,
        resilience,
      );
    case "magento":
      return createMagentoAdapter(address, credentialsOf.magento.parse(credentials), settings, resilience);
  }
}
