import type { ProductInput } from "../write-product";
import type { FeedRow } from "./feed-row";

export interface FeedProduct {
  /** Of its first row. */
  readonly line: number;
  readonly product: Omit<ProductInput, "pictures">;
  /** Every picture of every variant once: main ones first. */
  readonly imageUrls: readonly string[];
}

/** Rows of one group become one product with its variants, in the feed's order. */
export function groupRows(rows: readonly FeedRow[]): FeedProduct[] {
  const groups = new Map<string, [FeedRow, ...FeedRow[]]>();
  for (const row of rows) {
    const group = groups.get(row.groupId);
    if (group) group.push(row);
    else groups.set(row.groupId, [row]);
  }
  return [...groups].map(([groupId, group]) => ({
    line: group[0].line,
    product: {
      externalId: groupId,
      title: group[0].title,
      description: firstSaid(group, (row) => row.description),
      url: commonAddress(group.map((row) => row.url)),
      brand: firstSaid(group, (row) => row.brand),
      category: firstSaid(group, (row) => row.category),
      variants: group.map((row) => ({
        externalId: row.externalId,
        title: row.title,
        color: row.color,
        size: row.size,
        currency: row.price.currency,
        priceMinor: row.price.minor,
        saleMinor: row.saleMinor,
        availability: row.availability,
      })),
    },
    imageUrls: [
      ...new Set([
        ...group.flatMap((row) => row.imageUrls.slice(0, 1)),
        ...group.flatMap((row) => row.imageUrls.slice(1)),
      ]),
    ],
  }));
}

function firstSaid(rows: readonly FeedRow[], read: (row: FeedRow) => string): string {
  return rows.map(read).find((text) => text !== "") ?? "";
}

/** The product's own page: variants often differ in a parameter such as ?size=M, which is then left out. */
function commonAddress(urls: readonly string[]): string {
  const [first = "", ...others] = urls;
  if (others.every((url) => url === first)) return first;
  const common = new URL(first);
  for (const other of others) {
    if (!URL.canParse(other)) return first;
    const { origin, pathname, searchParams } = new URL(other);
    if (origin !== common.origin || pathname !== common.pathname) return first;
    for (const [name, value] of [...common.searchParams]) {
      if (searchParams.get(name) !== value) common.searchParams.delete(name);
    }
  }
  return common.href;
}
