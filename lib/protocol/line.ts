/** One line of a cart or an order, as pages tell it and are told of it. */
import * as z from "zod/mini";

/** One line of a cart or an order as the shop's page names it. `id` is the shop's variant or product id. */
export const lineSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  quantity: z.int().check(z.gte(1), z.lte(10_000)),
  /** Minor units of one piece. */
  unitMinor: z.int().check(z.gte(0), z.lte(1_000_000_000)),
});
export type Line = z.infer<typeof lineSchema>;
