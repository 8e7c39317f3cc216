/**
 * WooCommerce's webhooks (order.created, order.updated, order.deleted; API version 3). An order's payload holds its whole
 * state; of refunds it names the amounts only, so each lowers all lines by its share. Line amounts are WooCommerce's own
 * `total` plus `total_tax`: after discounts, with tax.
 */
import * as z from "zod/mini";
import { atLeastZero, toMinor } from "../minor-units";
import type { Reported, ReportedChange, ReportedLine } from "../reported";

const id = z.pipe(z.union([z.number(), z.string()]), z.transform(String));
const amount = z.pipe(z.union([z.number(), z.string()]), z.transform(String));
/** Of no zone: the field's name says GMT. */
const gmt = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)),
  z.transform((text) => new Date(`${text}Z`)),
);

const lineSchema = z.object({
  id,
  name: z.optional(z.string()),
  product_id: z.optional(z.number()),
  variation_id: z.optional(z.number()),
  sku: z.optional(z.nullable(z.string())),
  quantity: z.number(),
  total: amount,
  total_tax: z.optional(amount),
});

const orderSchema = z.object({
  id,
  status: z.string(),
  currency: z.string(),
  date_created_gmt: gmt,
  date_modified_gmt: z.nullable(gmt),
  total: amount,
  customer_id: z.optional(z.number()),
  line_items: z.array(lineSchema),
  refunds: z.optional(z.array(z.object({ id, total: amount }))),
  meta_data: z.optional(z.array(z.object({ key: z.string(), value: z.unknown() }))),
});

/** All that is left to say of an order that was deleted. */
const deletedSchema = z.strictObject({ id });

export const wooCommerceSchema = z.union([deletedSchema, orderSchema]);

/** A customer is still on her way to pay, or never arrives there. */
const unfinished = new Set(["pending", "checkout-draft", "auto-draft", "draft"]);
const cancelled = new Set(["cancelled", "failed", "trash"]);

export function readWooCommerce(body: z.output<typeof wooCommerceSchema>, receivedAt: Date): Reported {
  if (!("status" in body)) {
    return { orders: [], changes: [deletion(body.id, receivedAt)], ignored: [] };
  }
  if (unfinished.has(body.status)) return { orders: [], changes: [], ignored: [body.id] };
  const { currency } = body;
  const versionAt = body.date_modified_gmt ?? body.date_created_gmt;
  const token = body.meta_data?.find(({ key }) => key === "vetrina_visitor" || key === "_vetrina_visitor");
  return {
    orders: [
      {
        externalId: body.id,
        currency,
        totalMinor: atLeastZero(toMinor(body.total, currency)),
        placedAt: body.date_created_gmt,
        versionAt,
        status: cancelled.has(body.status) ? "cancelled" : "placed",
        customerExternalId: body.customer_id ? String(body.customer_id) : null,
        visitorToken: typeof token?.value === "string" ? token.value : null,
        lines: body.line_items.filter((line) => line.quantity > 0).map((line) => lineOf(line, currency)),
      },
    ],
    changes: (body.refunds ?? []).map((refund) => ({
      kind: "refund",
      orderExternalId: body.id,
      externalId: refund.id,
      occurredAt: versionAt,
      // It stands there as what it takes off: "-10.00".
      amountMinor: atLeastZero(-toMinor(refund.total, currency)),
      lines: [],
    })),
    ignored: [],
  };
}

function lineOf(line: z.output<typeof lineSchema>, currency: string): ReportedLine {
  const named = [line.variation_id, line.sku, line.product_id].filter((id) => id).map(String);
  const [first = line.id, ...others] = named;
  return {
    ids: [first, ...others],
    lineId: line.id,
    title: line.name ?? "",
    sku: line.sku ?? "",
    // Plugins sell by the metre: then the line is one piece that costs what it costs.
    quantity: Number.isSafeInteger(line.quantity) ? line.quantity : 1,
    totalMinor: atLeastZero(toMinor(line.total, currency) + toMinor(line.total_tax ?? "0", currency)),
  };
}

function deletion(orderExternalId: string, occurredAt: Date): ReportedChange {
  return {
    kind: "cancellation",
    orderExternalId,
    externalId: "deleted",
    occurredAt,
    amountMinor: 0n,
    lines: [],
  };
}
