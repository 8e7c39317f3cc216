/**
 * Shopify's webhooks: orders/create, orders/updated, orders/cancelled (the order's whole state, its refunds included) and
 * refunds/create. Which one it is, is read from the signed body; the topic's header is signed by nobody. Line amounts:
 * price times quantity, less the discounts allocated to the line, plus its tax where prices are without.
 */
import * as z from "zod/mini";
import { atLeastZero, requireAmount, toMinor } from "../minor-units";
import type { Reported, ReportedChange, ReportedLine } from "../reported";

const id = z.pipe(z.union([z.number(), z.string()]), z.transform(String));
const amount = z.pipe(z.union([z.number(), z.string()]), z.transform(String));
const time = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text)),
);
const maybe = <T extends z.ZodMiniType>(schema: T) => z.optional(z.nullable(schema));

const lineSchema = z.object({
  id,
  variant_id: maybe(id),
  product_id: maybe(id),
  sku: maybe(z.string()),
  title: maybe(z.string()),
  variant_title: maybe(z.string()),
  quantity: z.int().check(z.gte(0)),
  price: amount,
  discount_allocations: maybe(z.array(z.object({ amount }))),
  tax_lines: maybe(z.array(z.object({ price: amount }))),
});

const refundSchema = z.object({
  id,
  order_id: id,
  created_at: time,
  refund_line_items: z.array(z.object({ line_item_id: id, quantity: z.int().check(z.gte(0)) })),
  transactions: maybe(
    z.array(z.object({ amount, kind: z.string(), status: z.string(), currency: maybe(z.string()) })),
  ),
});

const orderSchema = z.object({
  id,
  created_at: time,
  updated_at: time,
  cancelled_at: maybe(time),
  currency: z.string(),
  total_price: amount,
  taxes_included: maybe(z.boolean()),
  customer: maybe(z.object({ id: maybe(id) })),
  note_attributes: maybe(z.array(z.object({ name: z.string(), value: z.unknown() }))),
  line_items: z.array(lineSchema),
  refunds: maybe(z.array(refundSchema)),
});

export const shopifySchema = z.union([orderSchema, refundSchema]);

export function readShopify(body: z.output<typeof shopifySchema>): Reported {
  if ("refund_line_items" in body) return { orders: [], changes: [changeOf(body)], ignored: [] };
  const { currency } = body;
  const token = body.note_attributes?.find(({ name }) => name === "vetrina_visitor");
  return {
    orders: [
      {
        externalId: body.id,
        currency,
        totalMinor: atLeastZero(toMinor(body.total_price, currency)),
        placedAt: body.created_at,
        versionAt: body.updated_at,
        status: body.cancelled_at ? "cancelled" : "placed",
        customerExternalId: body.customer?.id ?? null,
        visitorToken: typeof token?.value === "string" ? token.value : null,
        lines: body.line_items
          .filter((line) => line.quantity > 0)
          .map((line) => lineOf(line, currency, body.taxes_included ?? false)),
      },
    ],
    changes: (body.refunds ?? []).map(changeOf),
    ignored: [],
  };
}

/** Catalogues name a Shopify product by its variant's number, by the address of its API, by the SKU or by the product. */
function lineOf(line: z.output<typeof lineSchema>, currency: string, withTax: boolean): ReportedLine {
  const { variant_id: variant, product_id: product } = line;
  const [first = line.id, ...others] = [
    ...(variant ? [variant, `gid://shopify/ProductVariant/${variant}`] : []),
    ...(line.sku ? [line.sku] : []),
    ...(product ? [product, `gid://shopify/Product/${product}`] : []),
  ];
  const sum = (amounts: readonly string[]) =>
    amounts.reduce((all, each) => all + toMinor(each, currency), 0n);
  const discount = sum((line.discount_allocations ?? []).map((each) => each.amount));
  const tax = withTax ? 0n : sum((line.tax_lines ?? []).map((each) => each.price));
  return {
    ids: [first, ...others],
    lineId: line.id,
    title: [line.title, line.variant_title].filter(Boolean).join(", "),
    sku: line.sku ?? "",
    quantity: line.quantity,
    totalMinor: requireAmount(
      atLeastZero(toMinor(line.price, currency) * BigInt(line.quantity) - discount + tax),
    ),
  };
}

function changeOf(refund: z.output<typeof refundSchema>): ReportedChange {
  const paidBack = (refund.transactions ?? []).filter(
    ({ kind, status, currency }) => kind === "refund" && status === "success" && currency,
  );
  return {
    kind: "refund",
    orderExternalId: refund.order_id,
    externalId: refund.id,
    occurredAt: refund.created_at,
    amountMinor: atLeastZero(
      paidBack.reduce((all, { amount, currency }) => all + toMinor(amount, currency ?? ""), 0n),
    ),
    // No amounts a line: the pieces' share of the line, by the same arithmetic as the line itself.
    lines: refund.refund_line_items
      .filter((line) => line.quantity > 0)
      .map(({ line_item_id, quantity }) => ({ lineId: line_item_id, id: null, quantity, minor: null })),
  };
}
