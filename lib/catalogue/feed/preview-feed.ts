/** What an import would make of a file, shown before anything is imported: its kind, its columns, its first rows. */
import { configSlot } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";
import type { FeedKind, FeedMapping, FeedPreview, PreviewRow } from "@/lib/protocol/feeds";
import type { FeedItem } from "./feed-item";
import { parseFeedRow, type RowContext } from "./feed-row";
import { parsePrice } from "./parse-price";
import { plainText } from "./plain-text";
import { openFeed } from "./read-feed";
import { spoolFeed } from "./spool-file";

/** Rows of a preview: a screenful. */
const PREVIEW_ROWS = 20;

/** Bytes of a file that a preview receives: many times its first rows. */
const MAX_PREVIEW_BYTES = 64 * 1024 ** 2;

const MAX_TITLE_CHARS = 200;

export interface PreviewRequest {
  readonly source: AsyncIterable<Uint8Array>;
  readonly kind?: FeedKind | undefined;
  readonly mapping?: FeedMapping | undefined;
  /** ISO 4217, of prices that name none. */
  readonly defaults: { readonly currency: string };
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @throws AppError bad_request when it is no feed */
export async function previewFeed({
  source,
  kind,
  mapping,
  defaults,
  now,
}: PreviewRequest): Promise<FeedPreview> {
  const feed = await spoolFeed(beginningOf(source), configSlot.get().dataDir);
  try {
    const open = await openFeed(feed, { kind, mapping });
    const { format, encoding } = open;
    const context = { currency: defaults.currency, decimal: format.mapping?.decimal, now };
    const rows: PreviewRow[] = [];
    let broken = "";
    try {
      for await (const item of open.items()) {
        if (!item.parent) rows.push(previewRow(item, context));
        if (rows.length >= PREVIEW_ROWS) break;
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      broken = error.message;
    }
    return {
      kind: format.kind,
      encoding,
      delimiter: isTable(format.kind) ? format.delimiter : null,
      columns: format.mapping === null ? [] : format.columns,
      mapping: format.mapping,
      rows,
      broken,
    };
  } finally {
    await feed.close();
  }
}

async function* beginningOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let isZip = false;
  for await (const chunk of source) {
    // A zip can only be read from its end.
    if (bytes === 0) isZip = chunk[0] === 0x50 && chunk[1] === 0x4b;
    yield chunk;
    bytes += chunk.byteLength;
    if (bytes >= MAX_PREVIEW_BYTES && !isZip) return;
  }
}

const isTable = (kind: FeedKind) => kind === "google-text" || kind.endsWith("csv");

/** As an import would read it; of a row that would be left out, as much as can be read. */
function previewRow(item: FeedItem, context: RowContext): PreviewRow {
  const { row, externalId, rejected, warnings } = parseFeedRow(item, context);
  const first = (name: string) => plainText(item.fields.get(name)?.[0] ?? "").slice(0, MAX_TITLE_CHARS);
  const sold = row?.variant;
  const price = sold?.price ?? parsePrice(first("price"), context);
  return {
    line: item.line,
    externalId,
    groupId: row?.groupId ?? first("item_group_id"),
    title: row?.title ?? first("title"),
    brand: row?.brand ?? first("brand"),
    category: row?.category ?? first("product_type"),
    color: sold?.color ?? first("color"),
    size: sold?.size ?? first("size"),
    currency: price?.currency ?? "",
    priceMinor: price?.minor ?? null,
    saleMinor: sold?.saleMinor ?? null,
    availability: sold?.availability ?? first("availability"),
    stock: sold?.stock ?? null,
    url: row?.url ?? "",
    imageUrl: row?.imageUrls[0] ?? "",
    imageCount: row?.imageUrls.length ?? 0,
    videoCount: row?.videoUrls.length ?? 0,
    rejected,
    warnings,
  };
}
