/**
 * The entries of a JSON feed as a stream: the objects of one array somewhere in it, or the objects that follow one another
 * (JSON Lines), or the document itself. Knows no field. Numbers stay the texts they were: prices and long ids are exact.
 */
import Assembler from "stream-json/assembler.js";
import { jsonParser, type parser } from "stream-json/parser.js";
import { MAX_RECORD_CHARS, refuseFeed } from "./feed-item";

export interface JsonEntry {
  /** Counted from 1. */
  readonly number: number;
  readonly value: unknown;
}

/** What is an entry: the objects of the array at a path such as "data.products" ("" the outermost), or what stands alone. */
export type Entries = { readonly inArray: string } | "documents";

/** Nobody nests a product deeper. */
const MAX_DEPTH = 24;

/** Characters that are parsed at once: the grain of the bounds below. */
const PIECE_CHARS = 65_536;

/** @throws AppError bad_request with the entry */
export async function* readJsonEntries(
  text: AsyncIterable<string>,
  entries: Entries,
): AsyncGenerator<JsonEntry> {
  const tokenise = jsonParser({
    packValues: true,
    streamValues: false,
    jsonStreaming: entries === "documents",
  });
  const finder = new EntryFinder(entries);
  let number = 0;
  const refuse = (reason: string): never => refuseFeed("entry", number + 1, reason);
  let unread = 0;
  for await (const piece of pieces(text)) {
    let tokens: readonly Token[];
    try {
      tokens = tokensOf(tokenise(piece));
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
    // A text without end makes no token; an entry without end makes them all the time.
    unread = tokens.length === 0 || finder.isReading ? unread + piece.length : piece.length;
    for (const token of tokens) {
      if (finder.depth > MAX_DEPTH) refuse("nested too deeply");
      if (!finder.take(token)) continue;
      number += 1;
      unread = 0;
      yield { number, value: finder.value() };
    }
    if (unread > MAX_RECORD_CHARS + PIECE_CHARS)
      refuse(`an entry has more than ${MAX_RECORD_CHARS} characters`);
  }
  if (!finder.isComplete) refuse("the file ends in the middle");
}

/** The arrays in the beginning of a document that hold objects, by their paths. */
export function findEntryArrays(head: string): string[] {
  const tokenise = jsonParser({ packValues: true, streamValues: false });
  const path = new JsonPath();
  const found: string[] = [];
  const look = (token: Token) => {
    if (token.name === "startObject" && path.isArray && !found.includes(path.name)) found.push(path.name);
    path.take(token);
  };
  for (let at = 0; at < head.length; at += PIECE_CHARS) {
    try {
      for (const token of tokensOf(tokenise(head.slice(at, at + PIECE_CHARS)))) look(token);
    } catch {
      // Reading the whole will say what is broken, with its place.
      break;
    }
  }
  return found;
}

type Token = parser.Token;

/** The parser answers with its package's own container, or a sign that there is nothing yet. */
function tokensOf(answer: ReturnType<ReturnType<typeof jsonParser>>): readonly Token[] {
  return typeof answer === "object" && answer !== null && "values" in answer && Array.isArray(answer.values)
    ? answer.values
    : [];
}

async function* pieces(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of text) {
    for (let at = 0; at < piece.length; at += PIECE_CHARS) yield piece.slice(at, at + PIECE_CHARS);
  }
}

/** Where in a document the tokens are. */
class JsonPath {
  readonly #frames: { readonly array: boolean; readonly name: string }[] = [];
  #key = "";

  get depth(): number {
    return this.#frames.length;
  }
  get isArray(): boolean {
    return this.#frames.at(-1)?.array ?? false;
  }
  /** Keys from outside in, joined by dots; arrays add nothing. */
  get name(): string {
    return this.#frames.at(-1)?.name ?? "";
  }

  take(token: Token): void {
    if (token.name === "keyValue") this.#key = String(token.value);
    else if (token.name === "startObject" || token.name === "startArray") {
      const own = this.isArray || this.depth === 0 ? [] : [this.#key];
      const name = [this.name, ...own].filter(Boolean).join(".");
      this.#frames.push({ array: token.name === "startArray", name });
    } else if (token.name === "endObject" || token.name === "endArray") this.#frames.pop();
  }
}

class EntryFinder {
  readonly #entries: Entries;
  readonly #path = new JsonPath();
  readonly #assembler = new Assembler({ numberAsString: true });
  #readingFrom: number | null = null;
  #seen = false;

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  get depth(): number {
    return this.#path.depth;
  }
  get isReading(): boolean {
    return this.#readingFrom !== null;
  }
  get isComplete(): boolean {
    return this.#seen && this.#path.depth === 0;
  }

  /** @returns whether an entry is complete now */
  take(token: Token): boolean {
    this.#seen = true;
    if (this.#readingFrom === null && token.name === "startObject" && this.#isEntry()) {
      this.#readingFrom = this.#path.depth;
    }
    this.#path.take(token);
    if (this.#readingFrom === null) return false;
    this.#assembler.consume(token);
    if (this.#path.depth > this.#readingFrom) return false;
    this.#readingFrom = null;
    return true;
  }

  value(): unknown {
    return this.#assembler.current;
  }

  #isEntry(): boolean {
    if (this.#entries === "documents") return this.#path.depth === 0;
    return this.#path.isArray && this.#path.name === this.#entries.inArray;
  }
}
