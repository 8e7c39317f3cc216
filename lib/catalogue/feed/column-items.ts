import { type FeedField, type FeedMapping, feedFields } from "@/lib/protocol/feeds";
import { addField, type FeedItem, type Fields } from "./feed-item";
import type { TableRow } from "./read-table";

/** Rows of a table whose first row names the columns, by a mapping from fields to columns. */
export async function* readMappedTable(
  rows: AsyncIterable<TableRow>,
  mapping: FeedMapping,
): AsyncGenerator<FeedItem> {
  let read: readonly { readonly field: string; readonly at: number }[] | null = null;
  for await (const { line, cells } of rows) {
    if (read === null) {
      read = positionsOf(cells, mapping);
      continue;
    }
    const fields: Fields = new Map();
    for (const { field, at } of read) addMapped(fields, field, cells[at] ?? "");
    yield { line, fields };
  }
}

/** Google's own names need no mapping: "image link", "image_link" and "g:image_link" are one. */
export async function* readGoogleTable(rows: AsyncIterable<TableRow>): AsyncGenerator<FeedItem> {
  let names: readonly string[] | null = null;
  for await (const { line, cells } of rows) {
    if (names === null) {
      names = cells.map(googleName);
      continue;
    }
    const fields: Fields = new Map();
    for (const [at, name] of names.entries()) addMapped(fields, name, cells[at] ?? "");
    yield { line, fields };
  }
}

export function googleName(column: string): string {
  return column
    .trim()
    .toLowerCase()
    .replace(/^g:/, "")
    .replace(/[\s-]+/g, "_");
}

const listFields: readonly string[] = ["image_link", "additional_image_link", "video_link"];

/** A cell may hold several pictures or videos; an address may hold a comma, but not before another scheme. */
export function addMapped(fields: Fields, field: string, value: string): void {
  if (!listFields.includes(field)) addField(fields, field, value);
  else
    for (const url of value.split(/[|\n]|[,;]\s*(?=https?:|\/\/)|\s+(?=https?:)/))
      addField(fields, field, url);
}

function positionsOf(header: readonly string[], mapping: FeedMapping) {
  const names = header.map((name) => name.trim());
  return columnsOf(mapping).flatMap(({ field, column }) => {
    const at = names.indexOf(column);
    return at < 0 ? [] : [{ field, at }];
  });
}

/** The fields that a mapping fills, with their columns. */
export function columnsOf(
  mapping: FeedMapping,
): readonly { readonly field: FeedField; readonly column: string }[] {
  const entries: readonly [string, string | undefined][] = Object.entries(mapping.columns);
  return entries.flatMap(([name, column]) => {
    const field = feedFields.find((each) => each === name);
    return field && column ? [{ field, column }] : [];
  });
}
