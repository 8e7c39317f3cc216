/** The platforms whose systems a shop can connect, and what each needs of it; as light as a form in a browser wants it. */
export const liveKinds = ["oct8ne", "woocommerce", "shopify", "prestashop", "magento"] as const;
export type LiveKind = (typeof liveKinds)[number];
/**
 * Those whose API is told a language and a currency, so that one connection answers for every storefront. The others have
 * one of each: further storefronts are what their feeds say.
 */
export const storefrontKinds: readonly LiveKind[] = ["oct8ne", "prestashop"];
/** `feed`: the shop's products are our own tables. */
export type AdapterKind = "feed" | LiveKind;

/** A platform's keys by name, in the order in which a form asks for them. */
export const credentialFields = {
  oct8ne: ["apiToken", "signingSecret"],
  woocommerce: ["consumerKey", "consumerSecret"],
  shopify: ["accessToken"],
  prestashop: ["key"],
  magento: ["accessToken"],
} as const satisfies Record<LiveKind, readonly string[]>;
