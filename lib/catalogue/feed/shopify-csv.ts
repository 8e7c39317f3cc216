/**
 * Shopify's product export, the older form ("Handle", "Variant Price") and the newer ("URL handle", "Price"). A product
 * stands on several rows under one handle: the first has its texts, each has a variant, a further picture, or both.
 */
import { addField, type FeedItem, type Fields } from "./feed-item";
import { type NamedRow, nameColumns } from "./named-columns";
import { optionField } from "./option-field";
import type { TableRow } from "./read-table";

/** Rows of one product that are held until its last one; Shopify allows 2,048 variants and 250 pictures. */
const MAX_HELD_ROWS = 4_000;

interface HeldRow {
  readonly line: number;
  readonly read: NamedRow;
}

export async function* readShopify(rows: AsyncIterable<TableRow>): AsyncGenerator<FeedItem> {
  let name: ((cells: readonly string[]) => NamedRow) | null = null;
  let handle = "";
  let held: HeldRow[] = [];
  for await (const { line, cells } of rows) {
    if (name === null) {
      name = nameColumns(cells);
      continue;
    }
    const read = name(cells);
    const own = either(read, "Handle", "URL handle");
    if (own !== handle || held.length >= MAX_HELD_ROWS) {
      yield* itemsOf(handle, held);
      handle = own;
      held = [];
    }
    held.push({ line, read });
  }
  yield* itemsOf(handle, held);
}

const either = (read: NamedRow, older: string, newer: string) => read(older) || read(newer);

function* itemsOf(handle: string, rows: readonly HeldRow[]): Generator<FeedItem> {
  const [first] = rows;
  if (!first) return;
  const product = productFields(handle, rows);
  const unpublished = isUnpublished(first.read);
  const ids = new Set<string>();
  for (const row of rows.filter(({ read }) => isVariant(read) || read === first.read)) {
    const fields: Fields = new Map(product);
    const options = optionsOf(first.read, row.read);
    const sku = either(row.read, "Variant SKU", "SKU");
    // Article numbers need not be unique; then the options tell variants apart.
    const id = sku === "" || ids.has(sku) ? [handle, ...options.map(({ value }) => value)].join("/") : sku;
    ids.add(id);
    addField(fields, "id", id);
    addField(fields, "sku", sku);
    addField(fields, "variant_title", options.map(({ value }) => value).join(" / "));
    for (const { field, value } of options) if (field !== null) addField(fields, field, value);
    addPrices(fields, row.read);
    addStock(fields, row.read);
    addField(fields, "gtin", either(row.read, "Variant Barcode", "Barcode").replace(/^'/, ""));
    // Its own picture first, then the product's.
    const own = either(row.read, "Variant Image", "Variant image URL");
    const pictures = [...(own === "" ? [] : [own]), ...(product.get("image_link") ?? [])];
    if (pictures.length > 0) fields.set("image_link", pictures);
    yield { line: row.line, fields, ...(unpublished && { unpublished }) };
  }
}

function productFields(handle: string, rows: readonly HeldRow[]): Fields {
  const fields: Fields = new Map();
  const said = (older: string, newer = older) =>
    rows.map(({ read }) => either(read, older, newer)).find((text) => text !== "") ?? "";
  addField(fields, "item_group_id", handle);
  addField(fields, "title", said("Title"));
  addField(fields, "description", said("Body (HTML)", "Description"));
  addField(fields, "brand", said("Vendor"));
  addField(fields, "product_type", said("Type") || said("Product Category"));
  const pictures = rows
    .map(({ read }, order) => ({
      url: either(read, "Image Src", "Product image URL"),
      position: Number(read("Image Position")) || order + 1,
    }))
    .filter(({ url }) => url !== "")
    .sort((a, b) => a.position - b.position);
  if (pictures.length > 0)
    fields.set(
      "image_link",
      pictures.map(({ url }) => url),
    );
  return fields;
}

/** A row without a price and an option only brings a further picture. */
const isVariant = (read: NamedRow) =>
  either(read, "Variant Price", "Price") !== "" || read("Option1 Value") !== "";

function isUnpublished(read: NamedRow): true | undefined {
  const status = read("Status").toLowerCase();
  const published = either(read, "Published", "Published on online store").toLowerCase();
  return published === "false" || status === "draft" || status === "archived" ? true : undefined;
}

/** The options' names stand in the product's first row only. */
function optionsOf(first: NamedRow, own: NamedRow) {
  return [1, 2, 3].flatMap((number) => {
    const name = first(`Option${number} Name`);
    const value = own(`Option${number} Value`);
    if (value === "" || (name === "Title" && value === "Default Title")) return [];
    return [{ value, field: optionField(name) }];
  });
}

/** What is compared at is the price, when it is higher; then the price is that of a sale. */
function addPrices(fields: Fields, read: NamedRow): void {
  const price = either(read, "Variant Price", "Price");
  const compare = either(read, "Variant Compare At Price", "Compare-at price");
  const onSale = compare !== "" && Number(compare) > Number(price);
  addField(fields, "price", onSale ? compare : price);
  if (onSale) addField(fields, "sale_price", price);
}

/** Without a tracker nothing is counted, whatever the quantity says. */
function addStock(fields: Fields, read: NamedRow): void {
  if (either(read, "Variant Inventory Tracker", "Inventory tracker") === "") return;
  const quantity = either(read, "Variant Inventory Qty", "Inventory quantity");
  const policy = either(read, "Variant Inventory Policy", "Continue selling when out of stock").toLowerCase();
  addField(fields, "quantity", quantity);
  if (quantity === "" || Number(quantity) > 0) return;
  addField(fields, "availability", policy === "continue" ? "backorder" : "out of stock");
}
