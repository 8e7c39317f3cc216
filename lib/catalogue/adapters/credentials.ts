/** What lies sealed in the database, one shape a platform, and in which language and currency its system is asked. */
import { z } from "zod";
import type { LiveKind } from "./kinds";

/** Characters of a key; the longest of these platforms (Magento's tokens) stay far below. */
const MAX_KEY_CHARS = 500;
const key = z
  .string()
  .trim()
  .min(1)
  .max(MAX_KEY_CHARS)
  .regex(/^[\x21-\x7e]+$/, "must be plain letters, digits and signs");
const optionalKey = z.union([z.literal("").transform(() => undefined), key]).optional();

export const credentialsOf = {
  oct8ne: z.object({ apiToken: key, signingSecret: optionalKey }),
  woocommerce: z.object({ consumerKey: key, consumerSecret: key }),
  shopify: z.object({ accessToken: key }),
  prestashop: z.object({ key }),
  magento: z.object({ accessToken: key }),
} as const satisfies Record<LiveKind, z.ZodType>;

export type CredentialsOf<Kind extends LiveKind> = z.output<(typeof credentialsOf)[Kind]>;

/** In which language and currency the shop's system is asked. */
export const connectionSettings = z.object({
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type ConnectionSettings = z.output<typeof connectionSettings>;
