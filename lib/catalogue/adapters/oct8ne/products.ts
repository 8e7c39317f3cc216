/** Products, carts and orders of an Oct8ne adapter as ours. It knows no variants and no stock: what it lists can be bought. */
import { ConnectionProblem } from "../connection-problem";
import { decimalToMinor, formattedToMinor } from "../money";
import type { LiveOrder, LiveOrderDetails, LiveProduct, LiveVariant } from "../port";
import type { Oct8neOrder, Oct8neOrderDetails, Oct8neProduct, Oct8neSummary } from "./shapes";

export function fromOct8neSummary(product: Oct8neSummary, currency: string): LiveProduct {
  return {
    externalId: product.internalId,
    title: product.title,
    description: "",
    url: product.productUrl,
    brand: "",
    category: "",
    variants: toVariants(product, currency),
    pictures: product.thumbnail === "" ? [] : [{ url: product.thumbnail, alt: "" }],
    whole: false,
  };
}

export function fromOct8neProduct(product: Oct8neProduct, currency: string): LiveProduct {
  const pictures = (product.medias ?? []).filter((url) => url !== "");
  return {
    ...fromOct8neSummary(product, currency),
    description: product.longDescription || product.description,
    ...(pictures.length > 0 && { pictures: pictures.map((url) => ({ url, alt: "" })) }),
    whole: true,
  };
}

/** @throws ConnectionProblem shape for a price that can be read in two ways */
function toVariants(product: Oct8neSummary, currency: string): LiveVariant[] {
  if (product.formattedPrice === "") return [];
  const now = readAmount(product.formattedPrice, currency, `${product.internalId}.formattedPrice`);
  const before =
    product.formattedPrevPrice === ""
      ? now
      : readAmount(product.formattedPrevPrice, currency, `${product.internalId}.formattedPrevPrice`);
  return [
    {
      externalId: product.internalId,
      title: "",
      color: "",
      size: "",
      sku: product.reference,
      barcode: "",
      currency,
      priceMinor: Math.max(now, before),
      saleMinor: before > now ? now : null,
      availability: "in_stock",
      quantity: null,
    },
  ];
}

/** A number, a plain decimal, or a price as shoppers read it. @throws ConnectionProblem shape */
export function readAmount(value: string | number, currency: string, what: string): number {
  const plain = typeof value === "number" || /^\d+\.\d{1,2}$/.test(value.trim());
  const minor = plain ? decimalToMinor(value, currency) : formattedToMinor(value, currency);
  if (minor === null)
    throw new ConnectionProblem("shape", `${what}: "${String(value).slice(0, 40)}" is no price`);
  return minor;
}

export function fromOct8neOrder(order: Oct8neOrder, currency: string): LiveOrder {
  const own = order.currency || currency;
  return {
    reference: order.reference,
    placedAt: order.date,
    currency: own,
    totalMinor: readAmount(order.total, own, "orders.total"),
    state: order.labelState,
    deliveryDate: order.deliveryDate,
  };
}

export function fromOct8neOrderDetails(order: Oct8neOrderDetails, currency: string): LiveOrderDetails {
  const { carrier, trackingNumber, trackingUrl } = order;
  return {
    ...fromOct8neOrder(order, currency),
    carrier,
    trackingNumber,
    trackingUrl,
    lines: order.products.map(({ name, quantity }) => ({ title: name, quantity })),
  };
}
