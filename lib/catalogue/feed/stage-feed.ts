/** Reads a feed to its end into the staging table: a batch is stored while the next one is read. Changes no catalogue. */
import { ProductCollector } from "./collect-products";
import type { FeedItem } from "./feed-item";
import type { RowContext } from "./feed-row";
import { type Staged, type StagingRun, stageProducts } from "./staged-rows";

/** Products of one statement, and characters of text in them: some hundred milliseconds of an embedded database. */
const BATCH_PRODUCTS = 250;
const BATCH_CHARS = 1_000_000;

export interface StagingOptions {
  readonly context: RowContext;
  /** BCP 47, of the feed's texts; empty for the shop's own. */
  readonly locale: string;
  readonly signal?: AbortSignal | undefined;
  readonly onRows: (rows: number) => void;
  /** Also of products that are stored already. */
  readonly allData: boolean;
}

/** @throws what the items' reader throws, the signal's reason */
export async function stageFeed(
  run: StagingRun,
  items: AsyncIterable<FeedItem>,
  { context, locale, signal, onRows, allData }: StagingOptions,
): Promise<{ readonly collected: ProductCollector; readonly staged: number }> {
  const collected = new ProductCollector(context, locale);
  let staged = 0;
  let batch: Staged[] = [];
  let chars = 0;
  let storing: Promise<void> = Promise.resolve();
  const add = (part: ReturnType<ProductCollector["end"]>) => {
    if (part === null) return;
    batch.push({ ...part, seq: staged });
    staged += 1;
    chars += part.product.description.length + part.product.variants.length * VARIANT_CHARS;
  };
  const store = async () => {
    await storing;
    signal?.throwIfAborted();
    onRows(collected.rows);
    storing = stageProducts(run, batch, allData);
    // It is awaited before the next one; until then a fault of the feed's may come first.
    storing.catch(() => undefined);
    batch = [];
    chars = 0;
  };
  try {
    for await (const item of items) {
      add(collected.take(item));
      if (batch.length >= BATCH_PRODUCTS || chars >= BATCH_CHARS) await store();
    }
    add(collected.end());
    await store();
    await storing;
  } finally {
    await storing.catch(() => undefined);
  }
  return { collected, staged };
}

/** What a variant adds to a batch, about: its texts, numbers and address. */
const VARIANT_CHARS = 300;
