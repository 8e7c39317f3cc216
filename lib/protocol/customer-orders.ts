/** GET /api/v1/desk/conversations/:id/orders and .../orders/:reference: what a customer ordered before. */
import * as z from "zod/mini";

const customerOrderSchema = z.object({
  /** The shop's own number of it. */
  reference: z.string(),
  /** Milliseconds since 1970. */
  placedAt: z.number(),
  currency: z.string(),
  totalMinor: z.number(),
  /** In the shop's words; empty where only the order itself was reported. */
  state: z.string(),
  deliveryDate: z.string(),
  /** By the shop's server; otherwise her browser's word. */
  proven: z.boolean(),
  cancelled: z.boolean(),
});
export type CustomerOrder = z.infer<typeof customerOrderSchema>;

export const customerOrdersSchema = z.object({
  /** The shop's own system, or what was reported to us. */
  source: z.enum(["shop", "reports"]),
  /** When the shop's system said so, milliseconds since 1970. */
  asOf: z.number(),
  orders: z.array(customerOrderSchema),
});
export type CustomerOrders = z.infer<typeof customerOrdersSchema>;

export const customerOrderDetailsSchema = z.extend(customerOrderSchema, {
  carrier: z.string(),
  trackingNumber: z.string(),
  /** Empty, or http(s). */
  trackingUrl: z.string(),
  lines: z.array(z.object({ title: z.string(), quantity: z.number() })),
});
export type CustomerOrderDetails = z.infer<typeof customerOrderDetailsSchema>;
