/** Shopify's products and orders as ours. */
import { decimalToMinor } from "../money";
import { readOptions } from "../option-names";
import type { LiveOrder, LiveOrderDetails, LiveProduct, LiveVariant } from "../port";
import { orderAmount } from "../read-answer";
import type { ShopifyOrder, ShopifyOrderDetails, ShopifyProduct, ShopifyVariant } from "./shapes";

/** What Shopify calls the one variant of a product without options. */
const NO_OPTIONS = "Default Title";

export function fromShopifyProduct(product: ShopifyProduct, currency: string): LiveProduct {
  return {
    externalId: product.id,
    title: product.title,
    description: product.descriptionHtml,
    url: product.onlineStoreUrl,
    brand: product.vendor,
    category: product.productType,
    variants: product.variants.nodes.flatMap((variant) => toVariant(variant, currency)),
    pictures: product.media.nodes.flatMap(({ alt, image }) => (image?.url ? [{ url: image.url, alt }] : [])),
    whole: !product.variants.pageInfo.hasNextPage,
  };
}

export function toVariant(variant: ShopifyVariant, currency: string): LiveVariant[] {
  const now = decimalToMinor(variant.price, currency);
  if (now === null) return [];
  const before = variant.compareAtPrice === null ? null : decimalToMinor(variant.compareAtPrice, currency);
  const onSale = before !== null && before > now;
  const plain = variant.title === NO_OPTIONS;
  const counted = variant.inventoryItem.tracked && variant.inventoryPolicy === "DENY";
  return [
    {
      externalId: variant.id,
      ...readOptions(plain ? [] : variant.selectedOptions),
      sku: variant.sku,
      barcode: variant.barcode,
      currency,
      priceMinor: onSale ? before : now,
      saleMinor: onSale ? now : null,
      availability: variant.availableForSale ? "in_stock" : "out_of_stock",
      quantity: counted && variant.inventoryQuantity !== null ? Math.max(0, variant.inventoryQuantity) : null,
    },
  ];
}

export function fromShopifyOrder(order: ShopifyOrder): LiveOrder {
  const { amount, currencyCode } = order.totalPriceSet.shopMoney;
  return {
    reference: order.name,
    placedAt: order.createdAt,
    ...orderAmount(amount, currencyCode),
    state: order.displayFulfillmentStatus,
    deliveryDate: "",
  };
}

export function fromShopifyOrderDetails(order: ShopifyOrderDetails): LiveOrderDetails {
  const [parcel] = order.fulfillments.flatMap(({ trackingInfo }) => trackingInfo);
  return {
    ...fromShopifyOrder(order),
    carrier: parcel?.company ?? "",
    trackingNumber: parcel?.number ?? "",
    trackingUrl: parcel?.url ?? "",
    lines: order.lineItems.nodes.map(({ name, quantity }) => ({ title: name, quantity })),
  };
}
