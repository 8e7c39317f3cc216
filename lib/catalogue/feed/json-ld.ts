/** schema.org's Product and ProductGroup as rows: as shops put them into their pages, or hand them out as JSON. */
import { addField, type FeedItem, type Fields } from "./feed-item";
import type { JsonEntry } from "./json-entries";
import { isObject } from "./json-rows";

/** Products lie in a @graph, in a list's items, in a page's main entity; nowhere deeper. */
const MAX_DEPTH = 6;

export async function* readJsonLd(entries: AsyncIterable<JsonEntry>): AsyncGenerator<FeedItem> {
  for await (const { number, value } of entries) {
    for (const node of productNodes(value, MAX_DEPTH)) yield* itemsOf(node, number);
  }
}

function* productNodes(value: unknown, depth: number): Generator<object> {
  if (depth === 0) return;
  if (Array.isArray(value)) for (const each of value) yield* productNodes(each, depth - 1);
  else if (isObject(value)) {
    if (isA(value, "Product") || isA(value, "ProductGroup")) yield value;
    else
      for (const key of ["@graph", "itemListElement", "item", "mainEntity"])
        yield* productNodes(read(value, key), depth - 1);
  }
}

function* itemsOf(node: object, line: number): Generator<FeedItem> {
  const variants = list(read(node, "hasVariant")).filter(isObject);
  // A group whose variants are only pointed at: they are products of their own, which name it.
  if (isA(node, "ProductGroup") && variants.every((variant) => text(read(variant, "name")) === "")) {
    const fields = productFields(node);
    addField(fields, "id", idOf(node));
    yield { line, fields, parent: true };
    return;
  }
  if (variants.length === 0) yield* offersOf(node, line);
  for (const variant of variants) {
    for (const { fields } of offersOf(variant, line)) {
      const group = productFields(node);
      const own = ["image_link", "video_link"].map((name) => ({
        name,
        addresses: [...(fields.get(name) ?? []), ...(group.get(name) ?? [])],
      }));
      for (const [name, values] of group) if (name === "title" || !fields.has(name)) fields.set(name, values);
      fields.set("item_group_id", [idOf(node)]);
      fields.set("variant_title", [text(read(variant, "name"))]);
      for (const { name, addresses } of own) if (addresses.length > 0) fields.set(name, addresses);
      yield { line, fields };
    }
  }
}

/** A product with several offers is sold in several ways, if they have numbers of their own; else the first counts. */
function* offersOf(product: object, line: number): Generator<{ line: number; fields: Fields }> {
  const offers = list(read(product, "offers"))
    .filter(isObject)
    .flatMap((offer) => {
      const inner = list(read(offer, "offers")).filter(isObject);
      return inner.length > 0 ? inner : [offer];
    });
  const numbered = offers.filter((offer) => text(read(offer, "sku")) !== "");
  const sold = numbered.length > 1 ? numbered : [offers[0] ?? {}];
  for (const offer of sold) {
    const fields = productFields(product);
    const own = numbered.length > 1 ? text(read(offer, "sku")) : "";
    addField(fields, "id", own || idOf(product));
    addField(fields, "item_group_id", groupOf(product) || (own === "" ? "" : idOf(product)));
    if (own !== "") addField(fields, "variant_title", text(read(offer, "name")));
    addField(fields, "sku", own || text(read(product, "sku")));
    for (const name of ["gtin", "gtin13", "gtin14", "gtin12", "gtin8"]) {
      const digits = text(read(offer, name)) || text(read(product, name));
      if (!fields.has("gtin")) addField(fields, "gtin", digits);
    }
    addField(fields, "mpn", text(read(product, "mpn")));
    addField(fields, "color", text(read(product, "color")));
    addField(fields, "size", text(read(product, "size")));
    addField(fields, "availability", text(read(offer, "availability")));
    addField(fields, "quantity", text(read(read(offer, "inventoryLevel"), "value")));
    addPrices(fields, offer);
    yield { line, fields };
  }
}

function addPrices(fields: Fields, offer: object): void {
  const parts = list(read(offer, "priceSpecification")).filter(isObject);
  const listed = parts.find((part) => /ListPrice|StrikethroughPrice/.test(text(read(part, "priceType"))));
  const asked = parts.find((part) => part !== listed);
  const amount = (from: object | undefined) => text(read(from, "price"));
  const now = amount(offer) || text(read(offer, "lowPrice")) || amount(asked);
  addField(fields, "price", amount(listed) || now);
  if (amount(listed) !== "") addField(fields, "sale_price", now);
  addField(
    fields,
    "currency",
    text(read(offer, "priceCurrency")) ||
      parts.map((part) => text(read(part, "priceCurrency"))).find(Boolean) ||
      "",
  );
}

function productFields(node: object): Fields {
  const fields: Fields = new Map();
  addField(fields, "title", text(read(node, "name")));
  addField(fields, "description", text(read(node, "description")));
  addField(fields, "link", text(read(node, "url")));
  addField(fields, "brand", text(read(node, "brand")));
  addField(fields, "product_type", text(read(node, "category")));
  for (const image of list(read(node, "image"))) {
    addField(
      fields,
      "image_link",
      isObject(image) ? text(read(image, "contentUrl")) || text(read(image, "url")) : text(image),
    );
  }
  for (const address of videosOf(node)) addField(fields, "video_link", address);
  return fields;
}

/** "video" is what shops write, "subjectOf" what schema.org has for it, beside manuals and reviews. */
function videosOf(node: object): string[] {
  const about = list(read(node, "subjectOf")).filter((each) => isObject(each) && isA(each, "VideoObject"));
  return [...list(read(node, "video")), ...about].map((video) =>
    // A page that embeds one (embedUrl) is no file.
    isObject(video) ? text(read(video, "contentUrl")) : text(video),
  );
}

function idOf(node: object): string {
  const named = ["productGroupID", "sku", "productID", "@id", "url", "gtin13", "gtin"];
  return named.map((name) => text(read(node, name))).find((id) => id !== "") ?? "";
}

function groupOf(product: object): string {
  const group = list(read(product, "isVariantOf")).find(isObject);
  return text(read(product, "inProductGroupWithID")) || (group ? idOf(group) : "");
}

function isA(node: object, type: string): boolean {
  return list(read(node, "@type")).some(
    (each) => text(each).replace(/^https?:\/\/schema\.org\//, "") === type,
  );
}

function read(node: unknown, key: string): unknown {
  return isObject(node) ? Object.getOwnPropertyDescriptor(node, key)?.value : undefined;
}

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** A text or number, or the name of what stands there; of several the first. */
function text(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value).trim();
  if (Array.isArray(value)) return text(value[0]);
  return isObject(value) ? text(read(value, "name")) : "";
}
