import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type BenchProduct, generateProducts } from "./generate-products";

export type BenchFeed = "xml" | "csv";

/** A shop's catalogue as a file, a row a variant, two pictures each. @param mark makes it another file of the same content */
export async function writeFeedFile(file: string, feed: BenchFeed, count: number, mark = ""): Promise<void> {
  await pipeline(
    Readable.from(feed === "xml" ? xml(count, mark) : csv(count, mark)),
    createWriteStream(file),
  );
}

function* xml(count: number, mark: string): Generator<string> {
  yield `<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop ${mark}</title>\n`;
  for (const product of generateProducts(count)) {
    yield rowsOf(product)
      .map((row) => {
        const fields = Object.entries(row).map(([name, value]) => `<g:${name}>${escaped(value)}</g:${name}>`);
        return `<item>${fields.join("")}</item>\n`;
      })
      .join("");
  }
  yield "</channel></rss>\n";
}

function* csv(count: number, mark: string): Generator<string> {
  let header = "";
  for (const product of generateProducts(count)) {
    const rows = rowsOf(product);
    if (header === "") {
      header = Object.keys(rows[0] ?? {}).join(",");
      yield `${header}\n${mark === "" ? "" : "\n"}`;
    }
    yield rows.map((row) => `${Object.values(row).map(quoted).join(",")}\n`).join("");
  }
}

function rowsOf(product: BenchProduct): Record<string, string>[] {
  return product.variants.map((variant) => ({
    id: variant.externalId,
    item_group_id: product.externalId,
    title: product.title,
    description: product.description,
    link: product.url,
    image_link: `${product.url}/1.jpg`,
    additional_image_link: `${product.url}/2.jpg`,
    price: `${(variant.priceMinor / 100).toFixed(2)} ${variant.currency}`,
    sale_price:
      variant.saleMinor === null ? "" : `${(variant.saleMinor / 100).toFixed(2)} ${variant.currency}`,
    availability: variant.availability,
    brand: product.brand,
    product_type: product.category,
    color: variant.color,
    size: variant.size,
    gtin: variant.gtin,
    sku: variant.sku,
  }));
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
