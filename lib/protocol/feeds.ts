/** What the import of a catalogue's feed says and is told: kinds of files, fields, a mapping, problems, a preview. */
import * as z from "zod/mini";

export const feedKinds = [
  /** Google Merchant, RSS 2.0 or Atom. */
  "google-xml",
  /** Google Merchant as a table: tabs, or any other delimiter. */
  "google-text",
  "shopify-csv",
  "woocommerce-csv",
  /** Any other table; needs a mapping. */
  "csv",
  /** An array of objects, or an object with such an array somewhere in it; needs a mapping. */
  "json",
  /** An object a line; needs a mapping. */
  "jsonl",
  /** schema.org's Product and ProductGroup, as JSON or in the pages' HTML. */
  "json-ld",
] as const;
export type FeedKind = (typeof feedKinds)[number];

/** What a row may say, by Google's names where Google has one. */
export const feedFields = [
  "id",
  "item_group_id",
  "title",
  "description",
  "link",
  "image_link",
  "additional_image_link",
  "video_link",
  "price",
  "sale_price",
  "sale_price_effective_date",
  "currency",
  "availability",
  "quantity",
  "brand",
  "product_type",
  "color",
  "size",
  "sku",
  "gtin",
  "mpn",
] as const;
export type FeedField = (typeof feedFields)[number];

/** Longest name of a column, or path in a JSON entry, that a mapping may hold. */
const MAX_COLUMN_CHARS = 200;

const column = z.optional(z.string().check(z.maxLength(MAX_COLUMN_CHARS)));

/** Which column of a table, or path of a JSON entry, each field is read from. */
export const feedMappingSchema = z.object({
  columns: z.object({
    id: column,
    item_group_id: column,
    title: column,
    description: column,
    link: column,
    image_link: column,
    additional_image_link: column,
    video_link: column,
    price: column,
    sale_price: column,
    sale_price_effective_date: column,
    currency: column,
    availability: column,
    quantity: column,
    brand: column,
    product_type: column,
    color: column,
    size: column,
    sku: column,
    gtin: column,
    mpn: column,
  }),
  /** The sign before the cents, when prices do not say it themselves ("1.299"). */
  decimal: z.optional(z.enum([".", ","])),
  /** Of a JSON feed: where its entries are, such as "data.products"; "" for the outermost array. */
  entries: z.optional(z.string().check(z.maxLength(MAX_COLUMN_CHARS))),
});
export type FeedMapping = z.infer<typeof feedMappingSchema>;

/** Why a row was left out, or a part of it was. A reason is a code, often with what stood there: "price_unreadable:twelve". */
export const feedReasons = [
  // The row is left out.
  "no_id",
  "id_too_long",
  "id_unreadable",
  "id_used_before",
  "no_title",
  "no_price",
  "price_unreadable",
  "sale_price_unreadable",
  "sale_currency_differs",
  "availability_unknown",
  "link_unusable",
  "too_many_variants",
  "parent_unknown",
  "no_variants",
  // Said beside other reasons only.
  "no_picture",
  // The row comes in without that part.
  "gtin_wrong",
  "sale_dates_unreadable",
  "picture_address_unusable",
  "video_address_unusable",
  "video_on_other_site",
  "quantity_unreadable",
] as const;
export type FeedReason = (typeof feedReasons)[number];

/** A row that was left out, or of which a part was. */
export interface FeedProblem {
  /** In the file, counted from 1; of JSON the number of the entry. */
  readonly line: number;
  /** Empty when the row has none. */
  readonly externalId: string;
  /** Each a {@link FeedReason}, alone or before ":" and what stood there. */
  readonly reasons: readonly string[];
}

/** A row as an import would read it. */
export interface PreviewRow {
  readonly line: number;
  readonly externalId: string;
  readonly groupId: string;
  readonly title: string;
  readonly brand: string;
  readonly category: string;
  readonly color: string;
  readonly size: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units; null where the row has none that can be read. */
  readonly priceMinor: number | null;
  readonly saleMinor: number | null;
  readonly availability: string;
  readonly stock: number | null;
  readonly url: string;
  readonly imageUrl: string;
  readonly imageCount: number;
  readonly videoCount: number;
  /** What keeps it out. */
  readonly rejected: readonly string[];
  /** What it comes in without. */
  readonly warnings: readonly string[];
}

export interface FeedPreview {
  readonly kind: FeedKind;
  /** Such as "utf-8" or "windows-1252". */
  readonly encoding: string;
  /** Between the columns of a table; null for other kinds. */
  readonly delimiter: string | null;
  /** Columns of a table or paths of JSON entries, with what stands there first; empty where nothing is to be mapped. */
  readonly columns: readonly { readonly name: string; readonly example: string }[];
  /** What the preview was read with: the given one or our suggestion; null where nothing is to be mapped. */
  readonly mapping: FeedMapping | null;
  readonly rows: readonly PreviewRow[];
  /** Why reading stopped before the preview was full, such as 'line 12: unclosed tag'; empty if it did not. */
  readonly broken: string;
}
