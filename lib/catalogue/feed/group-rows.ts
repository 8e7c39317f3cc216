import { MAX_PICTURES, MAX_VIDEOS } from "../pictures/places";
import type { VariantInput } from "../write-product";
import type { FeedRow } from "./feed-row";

/** A product as a feed says it, or the part of it whose rows stand together. */
export interface FeedProduct {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  readonly category: string;
  /** BCP 47; empty for the shop's own. */
  readonly locale: string;
  readonly variants: readonly Required<VariantInput>[];
  /** Every picture of every variant once: each one's main picture first, of which there are `mains`. */
  readonly pictures: readonly string[];
  readonly mains: number;
  /** Every video once, in the feed's order. */
  readonly videos: readonly string[];
}

/** Rows of one group, in the feed's order: what speaks of the whole product comes first, wherever it stands. */
export function productOf(groupId: string, rows: readonly FeedRow[], locale: string): FeedProduct {
  const ordered = [
    ...rows.filter((row) => row.variant === null),
    ...rows.filter((row) => row.variant !== null),
  ];
  return {
    externalId: groupId,
    ...wordsOf(ordered),
    locale,
    variants: rows.flatMap(({ externalId, variant }) => {
      if (variant === null) return [];
      const { price, ...rest } = variant;
      return [{ externalId, ...rest, currency: price.currency, priceMinor: price.minor }];
    }),
    ...picturesOf(
      ordered.flatMap(({ imageUrls }) => imageUrls.slice(0, 1)),
      ordered.flatMap(({ imageUrls }) => imageUrls.slice(1)),
    ),
    videos: videosOf(ordered.flatMap(({ videoUrls }) => videoUrls)),
  };
}

/** Parts of one product that stood apart in the feed. Variants beyond `maxVariants` are not taken. */
export function mergeParts(
  parts: readonly [FeedProduct, ...FeedProduct[]],
  maxVariants: number,
): { readonly product: FeedProduct; readonly tooMany: number } {
  const ordered = [
    ...parts.filter(({ variants }) => variants.length === 0),
    ...parts.filter(({ variants }) => variants.length > 0),
  ];
  const variants = parts.flatMap((part) => part.variants);
  const product = {
    externalId: parts[0].externalId,
    ...wordsOf(ordered),
    locale: parts[0].locale,
    variants: variants.slice(0, maxVariants),
    ...picturesOf(
      ordered.flatMap(({ pictures, mains }) => pictures.slice(0, mains)),
      ordered.flatMap(({ pictures, mains }) => pictures.slice(mains)),
    ),
    videos: videosOf(ordered.flatMap(({ videos }) => videos)),
  };
  return { product, tooMany: Math.max(0, variants.length - maxVariants) };
}

type Words = Pick<FeedProduct, "title" | "description" | "url" | "brand" | "category">;

function wordsOf(said: readonly Words[]): Words {
  const first = (name: keyof Words) => said.map((words) => words[name]).find((text) => text !== "") ?? "";
  return {
    title: first("title"),
    description: first("description"),
    url: commonAddress(said.map(({ url }) => url).filter((url) => url !== "")),
    brand: first("brand"),
    category: first("category"),
  };
}

function picturesOf(mains: readonly string[], others: readonly string[]) {
  const main = new Set(mains);
  const all = [...new Set([...mains, ...others])].slice(0, MAX_PICTURES);
  return { pictures: all, mains: Math.min(main.size, all.length) };
}

const videosOf = (named: readonly string[]) => [...new Set(named)].slice(0, MAX_VIDEOS);

/** The product's own page: variants often differ in a parameter such as ?size=M, which is then left out. */
function commonAddress(urls: readonly string[]): string {
  const [first = "", ...others] = urls;
  if (others.every((url) => url === first)) return first;
  const common = new URL(first);
  for (const other of others) {
    const { origin, pathname, searchParams } = new URL(other);
    if (origin !== common.origin || pathname !== common.pathname) return first;
    for (const [name, value] of [...common.searchParams]) {
      if (searchParams.get(name) !== value) common.searchParams.delete(name);
    }
  }
  return common.href;
}
