import { type Availability, availabilities } from "../write-product";
import type { FeedItem } from "./google-merchant";
import { type Price, parsePrice } from "./parse-price";
import { plainText } from "./plain-text";

/** One item of a feed that we can use: a variant, and what it says about its product. */
export interface FeedRow {
  readonly line: number;
  readonly externalId: string;
  /** The product it is a variant of; its own id when the feed names none. */
  readonly groupId: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  readonly category: string;
  readonly color: string;
  readonly size: string;
  readonly price: Price;
  readonly saleMinor: number | null;
  readonly availability: Availability;
  /** The main picture first. */
  readonly imageUrls: readonly string[];
}

export interface RejectedRow {
  readonly line: number;
  /** Empty when the item has none. */
  readonly externalId: string;
  readonly reasons: readonly string[];
}

export type ParsedRow =
  | { readonly ok: true; readonly row: FeedRow }
  | { readonly ok: false; readonly row: RejectedRow };

const MAX_ID_CHARS = 200;
const MAX_TITLE_CHARS = 300;
const MAX_DESCRIPTION_CHARS = 10_000;
/** Pictures of one item; Google allows 10 additional ones. */
const MAX_IMAGES = 20;

/** @param now milliseconds since 1970: a sale price may be limited to a time. */
export function parseFeedRow(item: FeedItem, now: number): ParsedRow {
  const first = (name: string) => item.fields.get(name)?.[0] ?? "";
  const reasons: string[] = [];
  const externalId = first("id");
  const title = plainText(first("title")).slice(0, MAX_TITLE_CHARS);
  const price = parsePrice(first("price"));
  const sale = first("sale_price") === "" ? null : parsePrice(first("sale_price"));
  const availability = parseAvailability(first("availability"));

  if (externalId === "") reasons.push("no id");
  if (externalId.length > MAX_ID_CHARS) reasons.push(`id longer than ${MAX_ID_CHARS} characters`);
  if (title === "") reasons.push("no title");
  if (first("price") === "") reasons.push("no price");
  else if (price === null) reasons.push(`price "${short(first("price"))}" is no price`);
  if (first("sale_price") !== "" && sale === null)
    reasons.push(`sale price "${short(first("sale_price"))}" is no price`);
  if (price && sale && price.currency !== sale.currency) reasons.push("sale price in another currency");
  if (availability === null) reasons.push(`availability "${short(first("availability"))}" is unknown`);
  if (first("link") !== "" && !isWebAddress(first("link")))
    reasons.push(`link "${short(first("link"))}" is no web address`);

  // A product may do without a picture; beside other faults it helps to know.
  if (reasons.length > 0 && first("image_link") === "") reasons.push("no picture");
  if (reasons.length > 0 || price === null || availability === null) {
    return { ok: false, row: { line: item.line, externalId: externalId.slice(0, MAX_ID_CHARS), reasons } };
  }
  const onSale =
    sale !== null && sale.minor < price.minor && isWithin(first("sale_price_effective_date"), now);
  const row: FeedRow = {
    line: item.line,
    externalId,
    groupId: first("item_group_id").slice(0, MAX_ID_CHARS) || externalId,
    title,
    description: plainText(first("description")).slice(0, MAX_DESCRIPTION_CHARS),
    url: first("link"),
    brand: plainText(first("brand")),
    category: plainText(first("product_type") || first("google_product_category")),
    color: plainText(first("color")),
    size: plainText(first("size")),
    price,
    saleMinor: onSale ? sale.minor : null,
    availability,
    imageUrls: [first("image_link"), ...(item.fields.get("additional_image_link") ?? [])]
      .filter((url) => url !== "")
      .slice(0, MAX_IMAGES),
  };
  return { ok: true, row };
}

function parseAvailability(text: string): Availability | null {
  const name =
    text
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_") || "in_stock";
  const known = { pre_order: "preorder", back_order: "backorder" }[name] ?? name;
  return availabilities.find((each) => each === known) ?? null;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

/** Google's "2026-11-01T00:00+01:00/2026-11-30T23:59+01:00"; without dates a sale has no end. */
function isWithin(interval: string, now: number): boolean {
  const [from = Number.NaN, to = Number.NaN] = interval.split("/").map((part) => Date.parse(part.trim()));
  return Number.isNaN(from) || Number.isNaN(to) || (from <= now && now <= to);
}

/** What stood in the file, short enough for a line of the report. */
function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
