/** A file that arrived, read as what it is: from bytes to items in one stream. */
import { AppError } from "@/lib/protocol/errors";
import type { FeedKind, FeedMapping } from "@/lib/protocol/feeds";
import { readGoogleTable, readMappedTable } from "./column-items";
import { decodeText } from "./decode-text";
import { detectFormat, type FeedFormat, HEAD_CHARS } from "./feed-format";
import type { FeedItem } from "./feed-item";
import { readGoogleMerchant } from "./google-merchant";
import { readHtmlScripts } from "./html-scripts";
import { readJsonEntries } from "./json-entries";
import { readJsonLd } from "./json-ld";
import { readMappedJson } from "./json-rows";
import { readTable } from "./read-table";
import { readShopify } from "./shopify-csv";
import type { SpooledFeed } from "./spool-file";
import { unpackFeed } from "./unpack-feed";
import { readWooCommerce } from "./woocommerce-csv";

export interface OpenFeed {
  readonly format: FeedFormat;
  /** WHATWG name. */
  readonly encoding: string;
  /** From the beginning, as often as wanted. @throws AppError bad_request with the line or entry */
  items(): AsyncGenerator<FeedItem>;
}

/** @throws AppError bad_request when it is no feed, or packed and broken */
export async function openFeed(
  feed: SpooledFeed,
  asked: { readonly kind?: FeedKind | undefined; readonly mapping?: FeedMapping | undefined },
): Promise<OpenFeed> {
  let head = "";
  const decoded = decodeText(unpackFeed(feed));
  for await (const piece of decoded.read()) {
    head += piece;
    if (head.length >= HEAD_CHARS) break;
  }
  const format = await detectFormat(head.slice(0, HEAD_CHARS), asked);
  return {
    format,
    encoding: decoded.encoding(),
    items: () =>
      itemsOf(withoutMark(decodeText(unpackFeed(feed)).read()), format, head.trimStart().startsWith("<")),
  };
}

function itemsOf(
  text: AsyncGenerator<string>,
  format: FeedFormat,
  isMarkup: boolean,
): AsyncGenerator<FeedItem> {
  const mapping = format.mapping ?? { columns: {} };
  switch (format.kind) {
    case "google-xml":
      return readGoogleMerchant(text);
    case "google-text":
      return readGoogleTable(readTable(text, format.delimiter));
    case "shopify-csv":
      return readShopify(readTable(text, format.delimiter));
    case "woocommerce-csv":
      return readWooCommerce(readTable(text, format.delimiter));
    case "csv":
      return readMappedTable(readTable(text, format.delimiter), mapping);
    case "json":
    case "jsonl":
      return readMappedJson(readJsonEntries(text, format.entries), mapping);
    case "json-ld":
      return readJsonLd(isMarkup ? readHtmlScripts(text) : readJsonEntries(text, format.entries));
    default:
      return format.kind satisfies never;
  }
}

/** A byte order mark that its decoder has left in. */
async function* withoutMark(text: AsyncGenerator<string>): AsyncGenerator<string> {
  let first = true;
  for await (const piece of text) {
    if (piece === "") continue;
    yield first ? piece.replace(/^\ufeff/, "") : piece;
    first = false;
  }
}

/** Without these columns nothing of a table could be read. @throws AppError bad_request */
export function requireMapped({ mapping, columns }: FeedFormat): void {
  if (mapping === null) return;
  const missing = (["id", "title", "price"] as const).filter((field) => {
    const column = mapping.columns[field];
    return column === undefined || !columns.some(({ name }) => name === column);
  });
  if (missing.length === 0) return;
  const found = columns.map(({ name }) => name).join(", ");
  throw new AppError(
    "bad_request",
    `line 1: no column for ${missing.join(", ")} among: ${found.slice(0, 500)}`,
  );
}
