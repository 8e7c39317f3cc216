/** Feeds for tests: texts as streams, and what a reader makes of them without a database. */
import { tmpdir } from "node:os";
import type { FeedItem } from "@/lib/catalogue/feed/feed-item";
import { openFeed } from "@/lib/catalogue/feed/read-feed";
import { spoolFeed } from "@/lib/catalogue/feed/spool-file";
import type { FeedKind, FeedMapping } from "@/lib/protocol/feeds";

/** In pieces that cut characters and tags anywhere. */
export async function* pieces(content: string | Uint8Array, size = 50): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export interface ReadFeed {
  readonly kind: FeedKind;
  readonly encoding: string;
  readonly mapping: FeedMapping | null;
  /** Fields with one value as that value, others as a list. */
  readonly items: readonly Readonly<Record<string, string | readonly string[]>>[];
  readonly raw: readonly FeedItem[];
}

export async function readAllItems(
  content: string | Uint8Array,
  asked: { readonly kind?: FeedKind; readonly mapping?: FeedMapping } = {},
): Promise<ReadFeed> {
  const feed = await spoolFeed(pieces(content, 1_000), tmpdir());
  try {
    const open = await openFeed(feed, asked);
    const raw: FeedItem[] = [];
    for await (const item of open.items()) raw.push(item);
    const items = raw.map(({ fields }) =>
      Object.fromEntries(
        [...fields].map(([name, [first = "", ...more]]) => [
          name,
          more.length > 0 ? [first, ...more] : first,
        ]),
      ),
    );
    return { kind: open.format.kind, encoding: open.encoding, mapping: open.format.mapping, items, raw };
  } finally {
    await feed.close();
  }
}

export const merchantFeed = (...items: string[]) =>
  `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n${items.join("\n")}\n</channel></rss>`;

export const merchantItem = (id: string, more = "") =>
  `<item><g:id>${id}</g:id><title>Title of ${id}</title><g:price>10.00 EUR</g:price>${more}</item>`;
