/** Magento's products and orders as ours. */
import { decimalToMinor } from "../money";
import { readOptions } from "../option-names";
import type { LiveOrder, LiveOrderDetails, LiveProduct, LiveVariant } from "../port";
import { orderAmount, shortText, webAddress } from "../read-answer";
import type { MagentoOrder, MagentoProduct } from "./shapes";

/** What a product's row does not say itself. */
export interface MagentoContext {
  readonly currency: string;
  readonly linkBase: string;
  readonly mediaBase: string;
  /** Names of categories by id. */
  readonly categories: ReadonlyMap<string, string>;
  /** Labels of an attribute's options, by its code and the option's id. */
  label(code: string, value: string): string;
  /** Pieces of each SKU; a SKU that is not there is not counted. Null: the keys may not know. */
  readonly stock: ReadonlyMap<string, number> | null;
  readonly now: Date;
}

const MAX_DESCRIPTION_CHARS = 20_000;
const MAX_TITLE_CHARS = 500;
/** Attributes that tell a variant from its sisters. */
const variantCodes = ["color", "size"] as const;

/** @param children null when it has some that were not asked for */
export function fromMagentoProduct(
  product: MagentoProduct,
  children: readonly MagentoProduct[] | null,
  context: MagentoContext,
): LiveProduct {
  const text = (code: string, chars: number) => shortText(attribute(product, code), chars);
  const configurable = product.type_id === "configurable";
  const urlKey = text("url_key", MAX_TITLE_CHARS);
  const maker = text("manufacturer", MAX_TITLE_CHARS);
  const [category] = product.extension_attributes?.category_links ?? [];
  return {
    externalId: product.sku,
    title: product.name,
    description:
      text("description", MAX_DESCRIPTION_CHARS) || text("short_description", MAX_DESCRIPTION_CHARS),
    url: urlKey === "" ? "" : webAddress(`${context.linkBase}${urlKey}.html`),
    brand: maker === "" ? "" : context.label("manufacturer", maker),
    category: category ? (context.categories.get(category.category_id) ?? "") : "",
    variants: configurable
      ? (children ?? []).filter(isActive).flatMap((child) => toVariant(child, context))
      : toVariant(product, context),
    pictures: (product.media_gallery_entries ?? [])
      .filter(({ media_type, disabled, file }) => media_type === "image" && !disabled && file)
      .sort((one, other) => (one.position ?? 0) - (other.position ?? 0))
      .map(({ file, label }) => ({
        url: webAddress(`${context.mediaBase}catalog/product${file}`),
        alt: label,
      }))
      .filter(({ url }) => url !== ""),
    whole: !configurable || children !== null,
  };
}

export const isActive = ({ status }: MagentoProduct) =>
  status === undefined || status === null || status === 1;

function toVariant(product: MagentoProduct, context: MagentoContext): LiveVariant[] {
  const { currency, stock } = context;
  const usual = decimalToMinor(product.price ?? "", currency);
  if (usual === null) return [];
  const special = specialPrice(product, context);
  const pieces = stock?.get(product.sku);
  return [
    {
      externalId: product.sku,
      ...readOptions(
        variantCodes.map((code) => {
          const value = shortText(attribute(product, code), MAX_TITLE_CHARS);
          return { name: code, value: value === "" ? "" : context.label(code, value) };
        }),
      ),
      sku: product.sku,
      barcode: shortText(attribute(product, "gtin") ?? attribute(product, "ean"), MAX_TITLE_CHARS),
      currency,
      priceMinor: usual,
      saleMinor: special !== null && special < usual ? special : null,
      availability: pieces === 0 ? "out_of_stock" : "in_stock",
      quantity: pieces ?? null,
    },
  ];
}

/** The special price, while its days last. */
function specialPrice(product: MagentoProduct, { currency, now }: MagentoContext): number | null {
  const value = attribute(product, "special_price");
  if (typeof value !== "string" && typeof value !== "number") return null;
  const from = day(attribute(product, "special_from_date"));
  const to = day(attribute(product, "special_to_date"));
  // The last day counts to its end.
  const over = to !== null && now.getTime() >= to + DAY_MS;
  return over || (from !== null && now.getTime() < from) ? null : decimalToMinor(value, currency);
}

const DAY_MS = 86_400_000;

/** "2026-11-22 00:00:00" in milliseconds; null for no date. */
function day(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(`${value.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function attribute(product: MagentoProduct, code: string): unknown {
  return product.custom_attributes?.find(({ attribute_code }) => attribute_code === code)?.value;
}

export function fromMagentoOrder(order: MagentoOrder): LiveOrder {
  return {
    reference: order.increment_id,
    placedAt: order.created_at,
    ...orderAmount(order.grand_total, order.order_currency_code),
    state: order.status,
    deliveryDate: "",
  };
}

export function fromMagentoOrderDetails(
  order: MagentoOrder,
  track: { readonly title: string; readonly track_number: string } | undefined,
): LiveOrderDetails {
  return {
    ...fromMagentoOrder(order),
    carrier: track?.title || order.shipping_description,
    trackingNumber: track?.track_number ?? "",
    trackingUrl: "",
    lines: order.items
      .filter(({ parent_item_id }) => parent_item_id === undefined || parent_item_id === null)
      .map(({ name, qty_ordered }) => ({ title: name, quantity: qty_ordered })),
  };
}
