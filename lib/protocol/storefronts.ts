/** A shop's further storefronts as its admin's screens show them, and what an admin says of one. */
import * as z from "zod/mini";

const MAX_NAME_CHARS = 80;
const MAX_ORIGINS = 50;

export const storefrontSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_NAME_CHARS)),
  /** BCP 47, as live adapters ask in it. */
  locale: z.string().check(z.regex(/^[a-z]{2}(-[A-Z]{2})?$/)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  /** Of the shop's own; none: its pages in this language. */
  origins: z.array(z.string()).check(z.maxLength(MAX_ORIGINS)),
});
export type StorefrontInput = z.infer<typeof storefrontSchema>;

export interface NamedStorefront extends StorefrontInput {
  readonly storefrontId: string;
}

export interface Storefront extends NamedStorefront {
  /** That are sold there. */
  readonly products: number;
  readonly sources: number;
}
