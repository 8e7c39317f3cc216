import { AppError } from "@/lib/protocol/errors";
import type { FeedReason } from "@/lib/protocol/feeds";

/** One row of a feed in Google's words, whatever the file called them. Every reader makes these. */
export interface FeedItem {
  /** Where it begins, counted from 1; of JSON the number of the entry. */
  readonly line: number;
  /**
   * Texts by field (feedFields of lib/protocol/feeds, "variant_title" for a variant's own title), as they stood in the
   * file, none of them empty.
   */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** It speaks of a product as a whole and is no variant itself. */
  readonly parent?: true;
  /** The shop itself keeps it from being sold: counted, and left out. */
  readonly unpublished?: true;
  /** What its reader could not make sense of. */
  readonly faults?: readonly string[];
}

/** Characters of one row or entry: a long description with its markup is some ten thousand. */
export const MAX_RECORD_CHARS = 1_000_000;

/** @throws AppError bad_request; `line` as in {@link FeedItem} */
export function refuseFeed(unit: "line" | "entry", line: number, reason: string): never {
  throw new AppError("bad_request", `${unit} ${line}: ${reason}`);
}

/** Characters of the file that a reason repeats: it must fit a line of the report. */
const MAX_QUOTED_CHARS = 40;

/** A reason with what stood there. */
export function reasonOf(code: FeedReason, found: string): string {
  const plain = found.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
  return `${code}:${plain.length > MAX_QUOTED_CHARS ? `${plain.slice(0, MAX_QUOTED_CHARS)}…` : plain}`;
}

export type Fields = Map<string, string[]>;

export function addField(fields: Fields, name: string, value: string): void {
  const text = value.trim();
  if (text === "") return;
  const values = fields.get(name);
  if (values) values.push(text);
  else fields.set(name, [text]);
}
