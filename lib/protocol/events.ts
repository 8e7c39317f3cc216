/** What pages of shops claim, as they send it; every recorded fact stands in ./event-catalogue. */
import * as z from "zod/mini";
import { lineSchema } from "./line";

const shortText = z.string().check(z.maxLength(300));
const address = z.string().check(z.maxLength(2_000));

const currency = z.string().check(z.regex(/^[A-Z]{3}$/));
const base = { id: z.uuid(), at: z.int() };

export const browserEventSchema = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("page_viewed"), url: address, title: shortText }),
  z.object({
    ...base,
    type: z.literal("product_viewed"),
    url: address,
    /** The shop's id of the product or variant. */
    productId: z.string().check(z.minLength(1), z.maxLength(200)),
    title: shortText,
    image: z.optional(address),
  }),
  z.object({
    ...base,
    type: z.literal("cart_changed"),
    currency,
    lines: z.array(lineSchema).check(z.maxLength(200)),
  }),
  z.object({
    ...base,
    type: z.literal("order_placed"),
    orderId: z.string().check(z.minLength(1), z.maxLength(200)),
    currency,
    totalMinor: z.int().check(z.gte(0)),
    lines: z.array(lineSchema).check(z.maxLength(200)),
  }),
  /** Whatever the shop wants its agents to know of her visit: "Loyalty": "gold". */
  z.object({
    ...base,
    type: z.literal("context_told"),
    values: z
      .array(
        z.object({
          name: z.string().check(z.minLength(1), z.maxLength(60)),
          value: z.string().check(z.maxLength(200)),
        }),
      )
      .check(z.maxLength(20)),
  }),
]);
export type BrowserEvent = z.infer<typeof browserEventSchema>;
