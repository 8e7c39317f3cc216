/**
 * From items to products, or to parts of them: rows that follow one another under one group. Checks every row, tells ids
 * that were used before, and holds no more than the rows of one product.
 */
import { AppError } from "@/lib/protocol/errors";
import type { FeedItem } from "./feed-item";
import { type FeedRow, parseFeedRow, type RowContext } from "./feed-row";
import { type FeedProduct, productOf } from "./group-rows";
import { Problems, reasonWithNumber } from "./problems";
import { SeenIds } from "./seen-ids";

/** Variants of one product: Shopify's limit, and more than anybody can choose from. */
export const MAX_VARIANTS = 2_048;

/** Rows of one product that speak of it as a whole, and are held until its last row: one is usual. */
const MAX_PARENT_ROWS = 100;

/** Rows of a feed: twenty times the largest shop that we know how to serve. */
const MAX_ROWS = 6_000_000;

export interface CollectedPart {
  /** Of its first row. */
  readonly line: number;
  readonly product: FeedProduct;
}

export class ProductCollector {
  readonly problems = new Problems();
  rows = 0;
  /** Rows that the shop keeps from being sold. */
  skipped = 0;
  variants = 0;
  /** Milliseconds since 1970: when a sale of any row begins or ends next. */
  changesAt = Number.POSITIVE_INFINITY;
  readonly #seen = new SeenIds();
  readonly #context: RowContext;
  readonly #locale: string;
  #group: [FeedRow, ...FeedRow[]] | null = null;
  #variantsOfGroup = 0;

  constructor(context: RowContext, locale: string) {
    this.#context = context;
    this.#locale = locale;
  }

  /** @returns the part that this item ends. @throws AppError too_large */
  take(item: FeedItem): CollectedPart | null {
    this.rows += 1;
    if (this.rows > MAX_ROWS) throw new AppError("too_large", `the feed has more than ${MAX_ROWS} rows`);
    if (item.unpublished) {
      this.skipped += 1;
      return null;
    }
    const { row, externalId, rejected, warnings, changesAt } = parseFeedRow(item, this.#context);
    if (row === null) {
      this.problems.reject(item.line, externalId, ...rejected);
      return null;
    }
    const before = row.variant && this.#seen.add(externalId, item.line);
    if (before !== null) {
      this.problems.reject(item.line, externalId, reasonWithNumber("id_used_before", before));
      return null;
    }
    this.problems.warn(item.line, externalId, warnings);
    return this.#add(row, changesAt);
  }

  #add(row: FeedRow, changesAt: number): CollectedPart | null {
    if (this.#group === null || this.#group[0].groupId !== row.groupId) {
      const ended = this.end();
      this.#group = [row];
      this.#variantsOfGroup = 0;
      this.#count(row, changesAt);
      return ended;
    }
    if (row.variant === null && this.#group.length - this.#variantsOfGroup >= MAX_PARENT_ROWS) {
      const { line } = this.#group[0];
      this.problems.reject(row.line, row.externalId, reasonWithNumber("id_used_before", line));
      return null;
    }
    if (row.variant !== null && this.#variantsOfGroup >= MAX_VARIANTS) {
      this.problems.reject(row.line, row.externalId, reasonWithNumber("too_many_variants", MAX_VARIANTS));
      return null;
    }
    this.#group.push(row);
    this.#count(row, changesAt);
    return null;
  }

  #count(row: FeedRow, changesAt: number): void {
    this.changesAt = Math.min(this.changesAt, changesAt);
    if (row.variant === null) return;
    this.variants += 1;
    this.#variantsOfGroup += 1;
  }

  /** The part that is still open. */
  end(): CollectedPart | null {
    const group = this.#group;
    this.#group = null;
    if (group === null) return null;
    return { line: group[0].line, product: productOf(group[0].groupId, group, this.#locale) };
  }
}
