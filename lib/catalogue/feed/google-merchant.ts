/**
 * Reads Google's Merchant form (RSS 2.0 or Atom) as a stream, item by item: a feed of any length in little memory.
 * Knows XML and nothing of products. A document type is refused outright, so no entity can be declared.
 */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { AppError } from "@/lib/protocol/errors";

export interface FeedItem {
  /** Where the item begins, counted from 1. */
  readonly line: number;
  /** Text of the item's direct children by lower-case local name, in order; `g:` and plain names are one. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** An item lies at rss > channel > item; anything this deep is no feed. */
const MAX_DEPTH = 24;
/** Characters of one item: a long description with its markup is some ten thousand. */
const MAX_ITEM_CHARS = 1_000_000;
/** Characters without any tag beginning or ending, which would otherwise be gathered in memory. */
const MAX_RUN_CHARS = 2_000_000;

const itemNames: readonly string[] = ["item", "entry"];

/** @throws AppError bad_request with the line, when the file is no well-formed feed */
export async function* readGoogleMerchant(source: AsyncIterable<Uint8Array>): AsyncGenerator<FeedItem> {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const decoder = new TextDecoder();
  const ready: FeedItem[] = [];
  const path: string[] = [];
  let item: { line: number; depth: number; chars: number; fields: Map<string, string[]> } | null = null;
  let text = "";
  let run = 0;

  const refuse = (reason: string): never => {
    throw new AppError("bad_request", `line ${parser.line}: ${reason}`);
  };
  const take = (chars: string) => {
    run = 0;
    if (item === null || path.length !== item.depth + 1) return;
    item.chars += chars.length;
    if (item.chars > MAX_ITEM_CHARS) refuse("an item is too long");
    text += chars;
  };
  parser.on("error", (error) => refuse(error.message.replace(/^\d+:\d+:\s*/, "")));
  parser.on("doctype", () => refuse("a document type is not accepted"));
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("opentag", (tag: SaxesTagNS) => {
    run = 0;
    path.push(tag.local.toLowerCase());
    if (path.length > MAX_DEPTH) refuse("nested too deeply");
    if (item === null && itemNames.includes(tag.local.toLowerCase())) {
      item = { line: parser.line, depth: path.length, chars: 0, fields: new Map() };
    }
    text = "";
    // Atom writes a link as an attribute.
    const href = Object.values<SaxesAttributeNS>(tag.attributes).find(
      (attribute) => attribute.local === "href",
    );
    if (href) take(href.value);
  });
  parser.on("closetag", () => {
    run = 0;
    const name = path.pop() ?? "";
    if (item === null) return;
    if (path.length === item.depth) {
      const value = text.trim();
      if (value !== "") item.fields.set(name, [...(item.fields.get(name) ?? []), value]);
    } else if (path.length === item.depth - 1) {
      ready.push({ line: item.line, fields: item.fields });
      item = null;
    }
    text = "";
  });

  for await (const chunk of source) {
    const piece = decoder.decode(chunk, { stream: true });
    run += piece.length;
    parser.write(piece);
    if (run > MAX_RUN_CHARS) refuse("too much text without a tag");
    yield* ready.splice(0);
  }
  parser.write(decoder.decode()).close();
  yield* ready.splice(0);
}
