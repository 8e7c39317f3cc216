/**
 * WooCommerce's product export (English column names): simple products, and variable ones whose variations are rows of
 * their own that name their parent by article number or "id:123". Parents come first, as WooCommerce writes them.
 */
import { addField, type FeedItem, type Fields, reasonOf } from "./feed-item";
import { type NamedRow, nameColumns } from "./named-columns";
import { optionField } from "./option-field";
import type { TableRow } from "./read-table";

/** Parents whose article numbers are remembered for their variations: some hundred bytes each. */
const MAX_PARENTS = 200_000;

export async function* readWooCommerce(rows: AsyncIterable<TableRow>): AsyncGenerator<FeedItem> {
  let name: ((cells: readonly string[]) => NamedRow) | null = null;
  const parentIds = new Map<string, Parent>();
  for await (const { line, cells } of rows) {
    if (name === null) {
      name = nameColumns(cells);
      continue;
    }
    const item = itemOf(line, name(cells), parentIds);
    if (item) yield item;
  }
}

interface Parent {
  readonly id: string;
  readonly title: string;
  readonly unpublished: boolean;
}

function itemOf(line: number, read: NamedRow, parents: Map<string, Parent>): FeedItem | null {
  const types = read("Type")
    .toLowerCase()
    .split(/\s*,\s*/);
  // A group only points at other products.
  if (types.includes("grouped")) return null;
  const id = read("ID") || read("SKU");
  const isParent = types.includes("variable");
  // 1 published, 0 private, -1 a draft.
  const hidden = !["1", ""].includes(read("Published"));
  const fields = commonFields(id, read);
  if (isParent) {
    const parent = { id, title: read("Name"), unpublished: hidden };
    if (parents.size < MAX_PARENTS)
      for (const key of [`id:${id}`, read("SKU")]) if (key !== "") parents.set(key, parent);
    return { line, fields, parent: true, ...(hidden && { unpublished: true }) };
  }
  addSold(fields, read);
  if (!types.includes("variation")) return { line, fields, ...(hidden && { unpublished: true }) };
  const parent = parents.get(read("Parent"));
  if (!parent) return { line, fields, faults: [reasonOf("parent_unknown", read("Parent"))] };
  addField(fields, "item_group_id", parent.id);
  fields.set("title", [parent.title]);
  addField(
    fields,
    "variant_title",
    attributesOf(read)
      .map(({ value }) => value)
      .join(" / "),
  );
  for (const { field, value } of attributesOf(read)) if (field !== null) addField(fields, field, value);
  return { line, fields, ...((hidden || parent.unpublished) && { unpublished: true }) };
}

function commonFields(id: string, read: NamedRow): Fields {
  const fields: Fields = new Map();
  addField(fields, "id", id);
  addField(fields, "sku", read("SKU"));
  addField(fields, "title", read("Name"));
  addField(fields, "description", unescaped(read("Description") || read("Short description")));
  addField(fields, "brand", read("Brands"));
  // Several paths, of which the first is the main one: "Clothing > Tshirts, Sale".
  addField(
    fields,
    "product_type",
    read("Categories")
      .split(/(?<!\\),/)[0]
      ?.replaceAll("\\,", ",") ?? "",
  );
  addField(fields, "link", read("External URL"));
  for (const url of read("Images").split(/\s*,\s*(?=https?:)/)) addField(fields, "image_link", url);
  return fields;
}

function addSold(fields: Fields, read: NamedRow): void {
  addField(fields, "price", read("Regular price"));
  addField(fields, "sale_price", read("Sale price"));
  const [from, to] = [read("Date sale price starts"), read("Date sale price ends")];
  if (from !== "" || to !== "") addField(fields, "sale_price_effective_date", `${from}/${to}`);
  const inStock = read("In stock?").toLowerCase();
  const known: Readonly<Record<string, string>> = { "0": "out of stock", backorder: "backorder" };
  addField(fields, "availability", known[inStock] ?? "in stock");
  addField(fields, "quantity", /^-?\d/.test(read("Stock")) ? read("Stock") : "");
  addField(fields, "gtin", read("GTIN, UPC, EAN, or ISBN"));
}

/** Attributes of one variation; WooCommerce numbers them without end. */
const MAX_ATTRIBUTES = 10;

function attributesOf(read: NamedRow) {
  return Array.from({ length: MAX_ATTRIBUTES }, (_, index) => index + 1).flatMap((number) => {
    const name = read(`Attribute ${number} name`);
    const value = read(`Attribute ${number} value(s)`);
    if (name === "" || value === "") return [];
    return [{ value, field: optionField(name) }];
  });
}

/** The export writes line breaks as two characters. */
const unescaped = (text: string) => text.replaceAll("\\n", "\n");
