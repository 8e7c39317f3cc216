/** PrestaShop's products as ours. A combination is "<product>-<combination>": its own number may be a product's, too. */
import { decimalToMinor } from "../money";
import { readOptions } from "../option-names";
import type { LivePicture, LiveProduct, LiveVariant } from "../port";
import type { PrestaCombination, PrestaProduct, PrestaStock } from "./shapes";

/** What the rows of a page of products refer to. */
export interface PrestaContext {
  readonly address: string;
  readonly currency: string;
  readonly combinations: readonly PrestaCombination[];
  /** Null: the keys may not know. */
  readonly stock: readonly PrestaStock[] | null;
  readonly categories: ReadonlyMap<string, string>;
  /** Names of an option and its value by the value's id. */
  readonly options: ReadonlyMap<string, { readonly name: string; readonly value: string }>;
}

export function fromPrestaProduct(product: PrestaProduct, context: PrestaContext): LiveProduct {
  const combinations = context.combinations.filter(({ id_product }) => id_product === product.id);
  return {
    externalId: product.id,
    title: product.name,
    description: product.description || product.description_short,
    url: `${context.address}/index.php?controller=product&id_product=${product.id}`,
    brand: product.manufacturer_name,
    category: context.categories.get(product.id_category_default ?? "") ?? "",
    variants:
      combinations.length > 0
        ? combinations.flatMap((one) => combinationVariant(product, one, context))
        : toVariant(product, product.id, "0", product, [], context),
    pictures: (product.associations?.images ?? []).flatMap(({ id }) => picture(context.address, id)),
    whole: true,
  };
}

function combinationVariant(
  product: PrestaProduct,
  one: PrestaCombination,
  context: PrestaContext,
): LiveVariant[] {
  const options = (one.associations?.product_option_values ?? []).flatMap(
    ({ id }) => context.options.get(id) ?? [],
  );
  return toVariant(product, `${product.id}-${one.id}`, one.id, one, options, context);
}

function toVariant(
  product: PrestaProduct,
  externalId: string,
  combinationId: string,
  one: Pick<PrestaCombination, "now" | "usual" | "reference" | "ean13">,
  options: readonly { readonly name: string; readonly value: string }[],
  { currency, stock }: PrestaContext,
): LiveVariant[] {
  const now = decimalToMinor(one.now, currency);
  const usual = decimalToMinor(one.usual, currency);
  if (now === null || usual === null) return [];
  const row = stock?.find(
    ({ id_product, id_product_attribute }) =>
      id_product === product.id && id_product_attribute === combinationId,
  );
  const pieces = row === undefined ? null : Math.max(0, row.quantity);
  const anyhow = row?.out_of_stock === 1;
  return [
    {
      externalId,
      ...readOptions(options),
      sku: one.reference || product.reference,
      barcode: one.ean13,
      currency,
      priceMinor: Math.max(usual, now),
      saleMinor: now < usual ? now : null,
      availability:
        product.available_for_order === 0 || (pieces === 0 && !anyhow)
          ? "out_of_stock"
          : pieces === 0
            ? "backorder"
            : "in_stock",
      quantity: anyhow ? null : pieces,
    },
  ];
}

/** Where PrestaShop keeps picture 24 for everybody to see: /img/p/2/4/24.jpg. Its webservice would want the key. */
function picture(address: string, id: string): LivePicture[] {
  return /^\d{1,12}$/.test(id)
    ? [{ url: `${address}/img/p/${id.split("").join("/")}/${id}.jpg`, alt: "" }]
    : [];
}
