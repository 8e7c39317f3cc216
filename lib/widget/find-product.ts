/** Which product a page is about: schema.org JSON-LD first, then Open Graph. Understands, never guesses. */
import { isRecord } from "./guard";

export interface FoundProduct {
  /** The shop's own id: sku, productID or the group's id. */
  readonly id: string;
  readonly title: string;
  readonly image: string;
}

const text = (value: unknown): string =>
  typeof value === "string" ? value.trim() : typeof value === "number" ? `${value}` : "";

function firstText(node: Record<string, unknown>, names: readonly string[]): string {
  for (let i = 0; i < names.length; i++) {
    const found = text(node[names[i] ?? ""]);
    if (found) return found;
  }
  return "";
}

function isProductType(type: unknown): boolean {
  if (Array.isArray(type)) {
    for (let i = 0; i < type.length; i++) if (isProductType(type[i])) return true;
    return false;
  }
  return /(^|[/:#])Product(Group)?$/.test(text(type));
}

function imageOf(value: unknown): string {
  if (Array.isArray(value)) return imageOf(value[0]);
  if (isRecord(value)) return firstText(value, ["url", "contentUrl", "@id"]);
  return text(value);
}

const idNames = [
  "sku",
  "productID",
  "productGroupID",
  "inProductGroupWithID",
  "gtin13",
  "gtin",
  "mpn",
] as const;

/** Deep enough for @graph inside mainEntity inside an array; a page that nests further is not worth a stack overflow. */
const MAX_DEPTH = 5;

function collect(value: unknown, into: Record<string, unknown>[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) collect(value[i], into, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  if (isProductType(value["@type"])) {
    into[into.length] = value;
    return;
  }
  collect(value["@graph"], into, depth + 1);
  collect(value.mainEntity, into, depth + 1);
}

function pointsHere(node: Record<string, unknown>, href: string): boolean {
  const address = firstText(node, ["url", "@id"]);
  if (!address) return false;
  try {
    const there = new URL(address, href);
    const here = new URL(href);
    return there.origin + there.pathname === here.origin + here.pathname;
  } catch {
    return false;
  }
}

/** @param blocks texts of the page's `application/ld+json` scripts, in order. */
export function productFromJsonLd(blocks: readonly string[], href: string): FoundProduct | null {
  const nodes: Record<string, unknown>[] = [];
  for (let i = 0; i < blocks.length; i++) {
    try {
      collect(JSON.parse(blocks[i] ?? ""), nodes, 0);
    } catch {
      // A broken block is the page's affair; the next one may be fine.
    }
  }
  // A category page may describe many products; then only the one that names this very address counts.
  let chosen = nodes.length === 1 ? nodes[0] : undefined;
  for (let i = 0; i < nodes.length && !chosen; i++) {
    const node = nodes[i];
    if (node && pointsHere(node, href)) chosen = node;
  }
  if (!chosen) return null;
  const id = firstText(chosen, idNames);
  return id ? { id, title: text(chosen.name), image: imageOf(chosen.image) } : null;
}

/** @param meta content of `<meta property=...>` by property, empty when absent. */
export function productFromOpenGraph(meta: (property: string) => string): FoundProduct | null {
  if (!/^(og:)?product/.test(meta("og:type"))) return null;
  const id =
    meta("product:retailer_item_id") || meta("product:item_group_id") || meta("product:retailer_part_no");
  return id ? { id, title: meta("og:title"), image: meta("og:image") } : null;
}

export function findProduct(document: Document): FoundProduct | null {
  const scripts = document.querySelectorAll('script[type="application/ld+json"]');
  const blocks: string[] = [];
  for (let i = 0; i < scripts.length; i++) blocks[i] = scripts[i]?.textContent ?? "";
  return (
    productFromJsonLd(blocks, document.location.href) ??
    productFromOpenGraph(
      (property) =>
        document.querySelector(`meta[property="${property}"]`)?.getAttribute("content")?.trim() ?? "",
    )
  );
}
