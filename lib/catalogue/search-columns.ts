/**
 * What search reads of a product, derived from what the shop says of it: every writer stores these columns with the
 * product. The database adds the words' stems by itself (migration 0007).
 */
import { matchLocale } from "@/lib/protocol/locales";
import {
  brandKey,
  brandOf,
  categoryKey,
  colorKey,
  colorsOf,
  levelsOf,
  sampleKey,
  sizeKey,
  sizeOf,
  variantKey,
} from "./facet-keys";
import { cutText, foldText } from "./search-text";

/** Characters of a description that search looks through: its first paragraph or two. */
const MAX_BODY_CHARS = 2_000;
/** Characters of colours and sizes, and of numbers: those of over a thousand variants; more would slow every write. */
const MAX_KINDS_CHARS = 4_000;
const MAX_NUMBERS_CHARS = 40_000;
/** Choices that one product may be narrowed by. */
const MAX_FACETS = 400;

interface SearchableVariant {
  readonly externalId: string;
  readonly sku?: string | undefined;
  readonly gtin?: string | undefined;
  readonly mpn?: string | undefined;
  readonly color: string;
  readonly size: string;
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly availability: string;
}

export interface SearchableProduct {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly category: string;
  readonly variants: readonly SearchableVariant[];
}

export interface SearchColumns {
  readonly searchLanguage: string;
  readonly searchTitle: string;
  readonly searchText: string;
  readonly searchBody: string;
  readonly facets: string[];
  readonly buyable: string[];
  readonly inStock: boolean;
  readonly onSale: boolean;
  readonly priceFromMinor: number | null;
}

/** The language whose stems a product's words are found by; empty when we know none for it. @param locale BCP 47 */
export function searchLanguage(locale: string, shopLocale: string): string {
  return matchLocale(locale === "" ? shopLocale : locale) ?? "";
}

/** @param language of {@link searchLanguage} */
export function searchColumnsOf(product: SearchableProduct, language: string): SearchColumns {
  const { variants } = product;
  const buyable = variants.filter(({ availability }) => availability !== "out_of_stock");
  const prices = (buyable.length > 0 ? buyable : variants).map((one) => one.saleMinor ?? one.priceMinor);
  return {
    searchLanguage: language,
    searchTitle: foldText(product.title),
    searchText: `${kindsOf(product)}\n${numbersOf(product)}`,
    searchBody: bodyOf(product),
    facets: [
      sampleKey(product.externalId),
      ...(brandOf(product.brand) === "" ? [] : [brandKey(brandOf(product.brand))]),
      ...levelsOf(product.category).map(categoryKey),
      ...variantFacets(variants),
    ].slice(0, MAX_FACETS),
    buyable: variantFacets(buyable).slice(0, MAX_FACETS),
    inStock: buyable.length > 0,
    onSale: buyable.some(({ saleMinor, priceMinor }) => saleMinor !== null && saleMinor < priceMinor),
    priceFromMinor: prices.length === 0 ? null : prices.reduce((least, price) => Math.min(least, price)),
  };
}

/** Each word once: only whether it is there is asked. */
function bodyOf({ description }: SearchableProduct): string {
  return [...new Set(foldText(description.slice(0, MAX_BODY_CHARS)).split(" "))].join(" ");
}

/** Brand, category, colours and sizes, each once. */
function kindsOf(product: SearchableProduct): string {
  const kinds = new Set([product.brand, product.category]);
  for (const { color, size } of product.variants) kinds.add(color).add(size);
  return cutText(foldText([...kinds].join(" ")), MAX_KINDS_CHARS);
}

/** Every number that somebody may read off a label; barcodes without the zeros that some write before them. */
function numbersOf(product: SearchableProduct): string {
  const numbers = new Set([product.externalId]);
  for (const { externalId, sku = "", gtin = "", mpn = "" } of product.variants) {
    numbers.add(externalId).add(sku).add(gtin).add(gtin.replace(/^0+/, "")).add(mpn);
  }
  return cutText(foldText([...numbers].join(" ")), MAX_NUMBERS_CHARS);
}

/** Single choices first: where there are too many, it is pairs that are left out. */
function variantFacets(variants: readonly SearchableVariant[]): string[] {
  const single = new Set<string>();
  const pairs = new Set<string>();
  for (const variant of variants) {
    const size = sizeOf(variant.size);
    if (size !== "") single.add(sizeKey(size));
    for (const color of colorsOf(variant.color)) {
      single.add(colorKey(color));
      if (size !== "") pairs.add(variantKey(color, size));
    }
  }
  return [...single, ...pairs];
}
