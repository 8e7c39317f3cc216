/** GET /api/v1/desk/conversations/:id/cart: a customer's cart by the shop's own system, for when her page told none. */
import * as z from "zod/mini";

export const customerCartSchema = z.object({
  /** Null: the shop's system is not connected, does not know her, knows no carts, or does not answer. */
  cart: z.nullable(
    z.object({
      /** When it said so, milliseconds since 1970. */
      asOf: z.number(),
      currency: z.string(),
      totalMinor: z.number(),
      lines: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          quantity: z.number(),
          /** Of the line; null where the shop's system does not say. */
          totalMinor: z.nullable(z.number()),
        }),
      ),
    }),
  ),
});
export type CustomerCart = z.infer<typeof customerCartSchema>;
