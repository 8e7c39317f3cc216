/** What a file is, told by how it begins, never by its name: a kind, a delimiter, columns, and a mapping that we suggest. */
import { parse } from "csv-parse/sync";
import { AppError } from "@/lib/protocol/errors";
import type { FeedKind, FeedMapping } from "@/lib/protocol/feeds";
import { googleName } from "./column-items";
import { type Entries, findEntryArrays, readJsonEntries } from "./json-entries";
import { rowsOf } from "./json-rows";
import { type Delimiter, delimiters } from "./read-table";
import { suggestMapping } from "./suggest-mapping";

/** Characters of a file's beginning that are looked at. */
export const HEAD_CHARS = 262_144;

/** Rows of the beginning from which columns and examples are taken. */
const EXAMPLE_ROWS = 20;
/** Columns that are looked at; no shop's table has more. */
const MAX_COLUMNS = 500;
const MAX_EXAMPLE_CHARS = 80;

export interface FeedFormat {
  readonly kind: FeedKind;
  /** Of a table. */
  readonly delimiter: Delimiter;
  /** Of JSON. */
  readonly entries: Entries;
  readonly columns: readonly { readonly name: string; readonly example: string }[];
  /** Null where the kind has its own names. */
  readonly mapping: FeedMapping | null;
}

/** @param asked what somebody has already decided. @throws AppError bad_request when it is no feed */
export async function detectFormat(
  head: string,
  asked: { readonly kind?: FeedKind | undefined; readonly mapping?: FeedMapping | undefined },
): Promise<FeedFormat> {
  const text = head.replace(/^\ufeff/, "");
  if (text.trim() === "") throw new AppError("bad_request", "line 1: the file is empty");
  const table = readHeader(text);
  const kind = asked.kind ?? sniffKind(text, table?.header ?? []);
  if (kind === null) {
    throw new AppError(
      "bad_request",
      "line 1: neither a table with columns, nor XML, JSON or a page with products",
    );
  }
  const delimiter = table?.delimiter ?? ",";
  const entries = entriesOf(kind, text, asked.mapping);
  const examples = await examplesOf(kind, text, table, entries);
  const columns = [...examples].slice(0, MAX_COLUMNS).map(([name, example]) => ({
    name,
    example: example.slice(0, MAX_EXAMPLE_CHARS),
  }));
  const needsMapping = kind === "csv" || kind === "json" || kind === "jsonl";
  const suggested = () => ({
    ...suggestMapping(columns.map(({ name }) => name)),
    ...(kind === "json" && entries !== "documents" && { entries: entries.inArray }),
  });
  return { kind, delimiter, entries, columns, mapping: needsMapping ? (asked.mapping ?? suggested()) : null };
}

function sniffKind(text: string, header: readonly string[]): FeedKind | null {
  const start = text.trimStart();
  if (start.startsWith("<")) {
    if (/<(rss|feed|channel|item|entry)[\s>]/i.test(start)) return "google-xml";
    return /application\/ld\+json/i.test(start) ? "json-ld" : null;
  }
  if (/^[[{]/.test(start)) {
    if (/"@(type|graph|context)"\s*:/.test(start.slice(0, 4_096))) return "json-ld";
    const [first = "", second = ""] = start.split(/\n+/, 2);
    if (!isJsonObject(first)) return "json";
    // One line alone may be a document with a list in it.
    return second.startsWith("{") || findEntryArrays(first).length === 0 ? "jsonl" : "json";
  }
  const names = new Set(header.map((name) => name.trim().toLowerCase()));
  const has = (...wanted: readonly string[]) => wanted.every((name) => names.has(name));
  if (has("handle", "title", "variant price") || has("url handle", "title", "price")) return "shopify-csv";
  if (has("id", "type", "sku", "name", "published", "regular price")) return "woocommerce-csv";
  const google = new Set(header.map(googleName));
  const isGoogle = ["id", "title", "price", "link"].every((name) => google.has(name));
  if (isGoogle && (google.has("image_link") || google.has("availability"))) return "google-text";
  return [...names].filter(Boolean).length > 1 ? "csv" : null;
}

function isJsonObject(line: string): boolean {
  try {
    return line.trim().startsWith("{") && JSON.parse(line) !== null;
  } catch {
    return false;
  }
}

interface Table {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The delimiter that makes the most columns of the first line; null when none makes two. */
function readHeader(text: string): Table | null {
  // Rows that the beginning holds whole: the last one may be cut.
  const whole = text.length < HEAD_CHARS ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  const tables = delimiters.map((delimiter) => ({ delimiter, rows: parseRows(whole, delimiter) }));
  const [best] = tables.sort((a, b) => (b.rows[0]?.length ?? 0) - (a.rows[0]?.length ?? 0));
  const [header, ...rows] = best?.rows ?? [];
  return best && header && header.length > 1 ? { delimiter: best.delimiter, header, rows } : null;
}

function parseRows(text: string, delimiter: Delimiter): string[][] {
  const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  try {
    return parse(text, { ...options, to: EXAMPLE_ROWS });
  } catch {
    // With the wrong delimiter quotes stand anywhere.
    return [];
  }
}

/** Likely names of the array that holds the products. */
const entryNames =
  /(^|\.)(products?|items?|entries|data|articles|artikel|produkte|prodotti|productos|produits|results|rows|@graph|itemlistelement)$/i;

function entriesOf(kind: FeedKind, text: string, mapping: FeedMapping | undefined): Entries {
  if (kind === "jsonl") return "documents";
  if (kind !== "json" && kind !== "json-ld") return "documents";
  if (mapping?.entries !== undefined) return { inArray: mapping.entries };
  const arrays = findEntryArrays(text);
  if (arrays.includes("")) return { inArray: "" };
  // A lone product has arrays, too; only a document's own list holds products.
  const lists = kind === "json" ? arrays : arrays.filter((path) => /^(@graph|itemListElement)$/.test(path));
  const best = lists.find((path) => entryNames.test(path)) ?? lists[0];
  return best === undefined ? "documents" : { inArray: best };
}

async function examplesOf(
  kind: FeedKind,
  text: string,
  table: Table | null,
  entries: Entries,
): Promise<Map<string, string>> {
  const examples = new Map<string, string>();
  const add = (name: string, example: string) => {
    if (name !== "" && (examples.get(name) ?? "") === "") examples.set(name, example);
  };
  if (kind === "csv") {
    for (const [at, name] of (table?.header ?? []).entries()) {
      add(name.trim(), table?.rows.map((row) => row[at]?.trim() ?? "").find((cell) => cell !== "") ?? "");
    }
  } else if (kind === "json" || kind === "jsonl") {
    try {
      for await (const { number, value } of readJsonEntries(once(text), entries)) {
        for (const row of rowsOf(value)) for (const [path, [first = ""]] of row) add(path, first);
        if (number >= EXAMPLE_ROWS) break;
      }
    } catch {
      // The beginning ends in the middle of an entry, as it does; what is broken is said when all of it is read.
    }
  }
  return examples;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
