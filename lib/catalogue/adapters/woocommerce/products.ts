/** WooCommerce's products and orders as ours. */
import { decimalToMinor } from "../money";
import { readOptions } from "../option-names";
import type { LiveOrder, LiveOrderDetails, LiveProduct, LiveVariant } from "../port";
import { orderAmount } from "../read-answer";
import type { WooOrder, WooProduct, WooVariation } from "./shapes";

/** @param variations null when the product has some that were not asked for */
export function fromWooProduct(
  product: WooProduct,
  variations: readonly WooVariation[] | null,
  currency: string,
): LiveProduct {
  const variable = product.type === "variable";
  const sold = (variations ?? []).filter(({ status }) => status === "publish");
  const options = product.attributes
    .filter((attribute) => attribute.options.length === 1)
    .map(({ name, options: [value = ""] }) => ({ name, value }));
  return {
    externalId: product.id,
    title: product.name,
    description: product.description || product.short_description,
    url: product.permalink,
    brand: product.brands?.[0]?.name ?? "",
    category: product.categories[0]?.name ?? "",
    variants:
      variable && variations !== null
        ? sold.flatMap((one) =>
            toVariant(
              one,
              one.attributes.map(({ name, option }) => ({ name, value: option })),
              currency,
            ),
          )
        : toVariant(product, variable ? [] : options, currency),
    pictures: product.images.flatMap(({ src, alt }) => (src === "" ? [] : [{ url: src, alt }])),
    whole: !variable || variations !== null,
  };
}

type Priced = Pick<
  WooVariation,
  | "id"
  | "sku"
  | "global_unique_id"
  | "price"
  | "regular_price"
  | "on_sale"
  | "stock_status"
  | "stock_quantity"
  | "backorders"
>;

/** None when it has no price: then it cannot be bought. */
function toVariant(
  one: Priced,
  options: readonly { readonly name: string; readonly value: string }[],
  currency: string,
): LiveVariant[] {
  const now = decimalToMinor(one.price, currency);
  const usual = decimalToMinor(one.regular_price, currency) ?? now;
  if (now === null || usual === null) return [];
  const onSale = one.on_sale && now < usual;
  const onBackorder = one.stock_status === "onbackorder";
  return [
    {
      externalId: one.id,
      ...readOptions(options),
      sku: one.sku,
      barcode: one.global_unique_id ?? "",
      currency,
      priceMinor: onSale ? usual : now,
      saleMinor: onSale ? now : null,
      availability: onBackorder ? "backorder" : one.stock_status === "instock" ? "in_stock" : "out_of_stock",
      quantity: onBackorder || one.backorders === "yes" ? null : (one.stock_quantity ?? null),
    },
  ];
}

export function fromWooOrder(order: WooOrder): LiveOrder {
  return {
    reference: order.id,
    placedAt: order.date_created_gmt,
    ...orderAmount(order.total, order.currency),
    state: order.status,
    deliveryDate: "",
  };
}

export function fromWooOrderDetails(order: WooOrder): LiveOrderDetails {
  return {
    ...fromWooOrder(order),
    carrier: order.shipping_lines[0]?.method_title ?? "",
    // WooCommerce itself knows of no parcels.
    trackingNumber: "",
    trackingUrl: "",
    lines: order.line_items.map(({ name, quantity }) => ({ title: name, quantity })),
  };
}
