/** JSON entries as rows with columns: a path such as "price.value" is a column, each of an entry's variants a row. */
import type { FeedMapping } from "@/lib/protocol/feeds";
import { addMapped, columnsOf } from "./column-items";
import type { FeedItem, Fields } from "./feed-item";
import type { JsonEntry } from "./json-entries";

/** What shops call the list of a product's variants. */
const variantKeys: readonly string[] = [
  "variants",
  "variations",
  "variantes",
  "varianten",
  "varianti",
  "children",
  "skus",
  "models",
];

export type JsonRow = ReadonlyMap<string, readonly string[]>;

export async function* readMappedJson(
  entries: AsyncIterable<JsonEntry>,
  mapping: FeedMapping,
): AsyncGenerator<FeedItem> {
  const columns = columnsOf(mapping);
  for await (const { number, value } of entries) {
    for (const row of rowsOf(value)) {
      const fields: Fields = new Map();
      for (const { field, column } of columns)
        for (const text of row.get(column) ?? []) addMapped(fields, field, text);
      yield { line: number, fields };
    }
  }
}

/** One row, or one for each variant, which then also has what its product says. */
export function rowsOf(entry: unknown): JsonRow[] {
  const own = new Map<string, string[]>();
  const variants: unknown[] = [];
  collect(entry, "", own, (key, list) => {
    if (!variantKeys.includes(key.toLowerCase())) return false;
    variants.push(...list.map((each) => ({ [key]: each })));
    return true;
  });
  if (variants.length === 0) return [own];
  return variants.map((variant) => {
    const row = new Map(own);
    collect(variant, "", row, () => false);
    return row;
  });
}

function collect(
  value: unknown,
  path: string,
  into: Map<string, string[]>,
  takeList: (key: string, list: readonly object[]) => boolean,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const each of value) collect(each, path, into, () => false);
  } else if (typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) {
      const isList = path === "" && Array.isArray(inner) && inner.length > 0 && inner.every(isObject);
      if (!(isList && takeList(key, inner)))
        collect(inner, path === "" ? key : `${path}.${key}`, into, () => false);
    }
  } else {
    const values = into.get(path);
    if (values) values.push(String(value));
    else into.set(path, [String(value)]);
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
