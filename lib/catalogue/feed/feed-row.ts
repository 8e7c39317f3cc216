import type { FeedReason } from "@/lib/protocol/feeds";
import { MAX_VIDEOS } from "../pictures/places";
import type { Availability } from "../write-product";
import { checkGtin } from "./check-gtin";
import { type FeedItem, reasonOf } from "./feed-item";
import { parseAvailability } from "./parse-availability";
import { type Price, parsePrice } from "./parse-price";
import { plainText } from "./plain-text";
import { recently } from "./recently";
import { saleWindow } from "./sale-window";
import { isVideoPage } from "./video-page";

/** What a row says about its product as a whole. */
interface ProductWords {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  readonly category: string;
  /** The main picture first. */
  readonly imageUrls: readonly string[];
  readonly videoUrls: readonly string[];
}

/** One row of a feed that we can use. */
export interface FeedRow extends ProductWords {
  readonly line: number;
  readonly externalId: string;
  /** The product it is a variant of; its own id when the feed names none. */
  readonly groupId: string;
  /** Null for a row that speaks of the product as a whole. */
  readonly variant: RowVariant | null;
}

interface RowVariant {
  readonly title: string;
  readonly color: string;
  readonly size: string;
  readonly price: Price;
  readonly saleMinor: number | null;
  readonly availability: Availability;
  readonly stock: number | null;
  readonly sku: string;
  readonly gtin: string;
  readonly mpn: string;
}

export interface ParsedRow {
  /** Null when anything keeps it out. */
  readonly row: FeedRow | null;
  /** As far as the row has one. */
  readonly externalId: string;
  /** Why it was left out; FeedReasons of lib/protocol/feeds. */
  readonly rejected: readonly string[];
  /** What it comes in without. */
  readonly warnings: readonly string[];
  /** Milliseconds since 1970: when its sale begins or ends next; infinity without one. */
  readonly changesAt: number;
}

export interface RowContext {
  /** ISO 4217, of prices that name none. */
  readonly currency: string;
  readonly decimal?: "." | "," | undefined;
  /** Milliseconds since 1970: a sale price may be limited to a time. */
  readonly now: number;
}

const MAX_ID_CHARS = 200;
const MAX_TITLE_CHARS = 300;
const MAX_DESCRIPTION_CHARS = 10_000;
/** Of brand, category, colour, size, numbers: what fits a line. */
const MAX_WORD_CHARS = 300;
/** What an index of the database holds; browsers' limit is about the same. */
const MAX_URL_CHARS = 2_000;
/** Pictures of one row; Google allows 10 additional ones. */
const MAX_IMAGES = 20;
/** Pieces; more is how some shops write "without end", and the database's integer ends above. */
const MAX_STOCK = 1_000_000_000;

const cleanText = recently(plainText);
const webAddress = recently(readAddress);
const availabilityOf = recently(parseAvailability);

export function parseFeedRow(item: FeedItem, context: RowContext): ParsedRow {
  const first = (name: string) => item.fields.get(name)?.[0] ?? "";
  const words = (name: string) => cleanText(first(name)).slice(0, MAX_WORD_CHARS);
  const rejected: string[] = [...(item.faults ?? [])];
  const warnings: string[] = [];
  const reject = (code: FeedReason, found?: string) =>
    rejected.push(found === undefined ? code : reasonOf(code, found));
  const externalId = first("id");
  const title = cleanText(first("title")).slice(0, MAX_TITLE_CHARS);
  const groupId = first("item_group_id") || externalId;

  if (externalId === "") reject("no_id");
  else if (/[\p{Cc}\p{Cs}]/u.test(externalId) || /[\p{Cc}\p{Cs}]/u.test(groupId)) reject("id_unreadable");
  if (externalId.length > MAX_ID_CHARS || groupId.length > MAX_ID_CHARS)
    reject("id_too_long", String(MAX_ID_CHARS));
  if (title === "") reject("no_title");
  const sold = item.parent ? null : readSold(first, context, reject, warnings);
  const url = webAddress(first("link"));
  if (url === null) reject("link_unusable", first("link"));
  // A product may do without a picture; beside other faults it helps to know.
  if (rejected.length > 0 && first("image_link") === "") reject("no_picture");

  const variant = sold && {
    title: cleanText(first("variant_title") || first("title")).slice(0, MAX_TITLE_CHARS),
    color: words("color"),
    size: words("size"),
    ...sold.values,
    sku: words("sku"),
    mpn: words("mpn"),
  };
  const usable = rejected.length === 0 && url !== null && (item.parent || variant !== null);
  return {
    row: usable
      ? {
          line: item.line,
          externalId,
          groupId,
          title,
          description: cleanText(first("description")).slice(0, MAX_DESCRIPTION_CHARS),
          url,
          brand: words("brand"),
          category: cleanText(first("product_type") || first("google_product_category")).slice(
            0,
            MAX_WORD_CHARS,
          ),
          imageUrls: readPictures(item, warnings),
          videoUrls: readVideos(item, warnings),
          variant,
        }
      : null,
    externalId: cleanText(externalId).slice(0, MAX_ID_CHARS),
    rejected,
    warnings,
    changesAt: sold?.changesAt ?? Number.POSITIVE_INFINITY,
  };
}

/** Everything about being bought; null when a price or the availability cannot be read. */
function readSold(
  first: (name: string) => string,
  { now, decimal, ...context }: RowContext,
  reject: (code: FeedReason, found?: string) => void,
  warnings: string[],
) {
  const prices = { currency: first("currency").toUpperCase() || context.currency, decimal };
  const price = parsePrice(first("price"), prices);
  const sale = first("sale_price") === "" ? null : parsePrice(first("sale_price"), prices);
  const window = saleWindow(first("sale_price_effective_date"), now);
  const stock = readStock(first("quantity"));
  const said = availabilityOf(first("availability"));
  const gtin = first("gtin") === "" ? "" : checkGtin(first("gtin"));

  if (first("price") === "") reject("no_price");
  else if (price === null) reject("price_unreadable", first("price"));
  if (first("sale_price") !== "" && sale === null) reject("sale_price_unreadable", first("sale_price"));
  if (price && sale && price.currency !== sale.currency) reject("sale_currency_differs");
  if (said === null) reject("availability_unknown", first("availability"));
  if (sale && window === null)
    warnings.push(reasonOf("sale_dates_unreadable", first("sale_price_effective_date")));
  if (gtin === null) warnings.push(reasonOf("gtin_wrong", first("gtin")));
  if (stock === "unreadable") warnings.push(reasonOf("quantity_unreadable", first("quantity")));
  if (price === null || said === null) return null;

  const reduced = sale !== null && sale.minor < price.minor;
  const pieces = typeof stock === "number" ? stock : null;
  return {
    values: {
      price,
      saleMinor: reduced && window?.isOn ? sale.minor : null,
      // A feed that counts but has no word for it means that nothing is left.
      availability: first("availability") === "" && pieces === 0 ? ("out_of_stock" as const) : said,
      stock: pieces,
      gtin: gtin ?? "",
    },
    changesAt: reduced && window ? window.changesAt : Number.POSITIVE_INFINITY,
  };
}

function readStock(text: string): number | "unreadable" | null {
  if (text === "") return null;
  if (!/^[+-]?\d{1,15}(?:[.,]\d+)?$/.test(text)) return "unreadable";
  // Less than nothing is how some shops count what they still owe.
  return Math.min(MAX_STOCK, Math.max(0, Math.floor(Number(text.replace(",", ".")))));
}

function readPictures(item: FeedItem, warnings: string[]): string[] {
  const named = [
    ...(item.fields.get("image_link") ?? []),
    ...(item.fields.get("additional_image_link") ?? []),
  ];
  const pictures: string[] = [];
  for (const address of named) {
    const url = webAddress(address);
    if (url === null) warnings.push(reasonOf("picture_address_unusable", address));
    else if (!pictures.includes(url) && pictures.length < MAX_IMAGES) pictures.push(url);
  }
  return pictures;
}

/** Of files: a page of another site is watched there, by who wants to (rule CH18). */
function readVideos(item: FeedItem, warnings: string[]): string[] {
  const videos: string[] = [];
  for (const address of item.fields.get("video_link") ?? []) {
    const url = webAddress(address);
    if (url === null) warnings.push(reasonOf("video_address_unusable", address));
    else if (isVideoPage(url)) warnings.push(reasonOf("video_on_other_site", address));
    else if (!videos.includes(url) && videos.length < MAX_VIDEOS) videos.push(url);
  }
  return videos;
}

/** As the web writes it; "" for none; null for what is no address of a page or picture. */
function readAddress(text: string): string | null {
  if (text === "") return "";
  // Some feeds leave the scheme to the page.
  const address = text.startsWith("//") ? `https:${text}` : text;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  const { href } = new URL(address);
  return href.length <= MAX_URL_CHARS ? href : null;
}
