/** The platforms whose systems a shop can connect, and what each needs of it. The words for the fields are the screen's. */
import { z } from "zod";

export const liveKinds = ["oct8ne", "woocommerce", "shopify", "prestashop", "magento"] as const;
export type LiveKind = (typeof liveKinds)[number];
/** `feed`: the shop's products are our own tables. */
export type AdapterKind = "feed" | LiveKind;

/** Characters of a key; the longest of these platforms (Magento's tokens) stay far below. */
const MAX_KEY_CHARS = 500;
const key = z
  .string()
  .trim()
  .min(1)
  .max(MAX_KEY_CHARS)
  .regex(/^[\x21-\x7e]+$/, "must be plain letters, digits and signs");
const optionalKey = z.union([z.literal("").transform(() => undefined), key]).optional();

/** What lies sealed in the database, one shape a platform. */
export const credentialsOf = {
  oct8ne: z.object({ apiToken: key, signingSecret: optionalKey }),
  woocommerce: z.object({ consumerKey: key, consumerSecret: key }),
  shopify: z.object({ accessToken: key }),
  prestashop: z.object({ key }),
  magento: z.object({ accessToken: key }),
} as const satisfies Record<LiveKind, z.ZodType>;

export type CredentialsOf<Kind extends LiveKind> = z.output<(typeof credentialsOf)[Kind]>;

/** The names of a platform's fields, in the order in which a form asks for them; the optional ones end in "?". */
export const credentialFields = {
  oct8ne: ["apiToken", "signingSecret?"],
  woocommerce: ["consumerKey", "consumerSecret"],
  shopify: ["accessToken"],
  prestashop: ["key"],
  magento: ["accessToken"],
} as const satisfies Record<LiveKind, readonly string[]>;

/** In which language and currency the shop's system is asked. */
export const connectionSettings = z.object({
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type ConnectionSettings = z.output<typeof connectionSettings>;
