/**
 * Reads Google's Merchant form (RSS 2.0 or Atom) as a stream, item by item: a feed of any length in little memory.
 * Knows XML and nothing of products. A document type is refused outright, so no entity can be declared.
 */
import { SaxesParser } from "saxes";
import { addField, type FeedItem, type Fields, MAX_RECORD_CHARS, refuseFeed } from "./feed-item";

/** An item lies at rss > channel > item; anything this deep is no feed. */
const MAX_DEPTH = 24;
/** Characters without any tag beginning or ending, which would otherwise be gathered in memory. */
const MAX_RUN_CHARS = 2_000_000;

const itemNames: readonly string[] = ["item", "entry"];

/**
 * Fields are the texts of an item's direct children by lower-case local name: `g:` and plain names are one, whether the
 * prefix was declared or not.
 *
 * @throws AppError bad_request with the line, when the file is no well-formed feed
 */
export async function* readGoogleMerchant(source: AsyncIterable<string>): AsyncGenerator<FeedItem> {
  const parser = new SaxesParser({ position: true });
  const ready: FeedItem[] = [];
  const path: string[] = [];
  let item: { line: number; depth: number; chars: number; fields: Fields } | null = null;
  let text = "";
  let run = 0;

  const refuse = (reason: string): never => refuseFeed("line", parser.line, reason);
  const take = (chars: string) => {
    run = 0;
    if (item === null || path.length !== item.depth + 1) return;
    item.chars += chars.length;
    if (item.chars > MAX_RECORD_CHARS) refuse("an item is too long");
    text += chars;
  };
  parser.on("error", (error) => refuse(error.message.replace(/^\d+:\d+:\s*/, "")));
  parser.on("doctype", () => refuse("a document type is not accepted"));
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("opentag", ({ name, attributes }) => {
    run = 0;
    const local = name.slice(name.indexOf(":") + 1).toLowerCase();
    path.push(local);
    if (path.length > MAX_DEPTH) refuse("nested too deeply");
    if (item === null && itemNames.includes(local)) {
      item = { line: parser.line, depth: path.length, chars: 0, fields: new Map() };
    }
    text = "";
    // Atom writes a link as an attribute.
    if (typeof attributes.href === "string") take(attributes.href);
  });
  parser.on("closetag", () => {
    run = 0;
    const name = path.pop() ?? "";
    if (item === null) return;
    if (path.length === item.depth) {
      addField(item.fields, name, text);
    } else if (path.length === item.depth - 1) {
      ready.push({ line: item.line, fields: item.fields });
      item = null;
    }
    text = "";
  });

  for await (const piece of source) {
    run += piece.length;
    try {
      parser.write(piece);
    } finally {
      // What came before a fault is read, too: a preview shows it.
      yield* ready.splice(0);
    }
    if (run > MAX_RUN_CHARS) refuse("too much text without a tag");
  }
  parser.close();
  yield* ready.splice(0);
}
