/** What the desk asks the catalogue, as it stands in an address: read and written here, so that both ends agree. */
import { AppError } from "./errors";

export const searchSorts = ["best", "price-up", "price-down", "newest"] as const;
export type SearchSort = (typeof searchSorts)[number];

export interface SearchFilters {
  /** A path such as "Women > Shoes", with everything below it. */
  readonly category: string | null;
  /** Of several of one kind one must fit. */
  readonly brands: readonly string[];
  readonly colors: readonly string[];
  readonly sizes: readonly string[];
  /** To pay, minor units; both ends count. */
  readonly minMinor: number | null;
  readonly maxMinor: number | null;
  readonly inStock: boolean;
  readonly onSale: boolean;
}

export const noFilters: SearchFilters = {
  category: null,
  brands: [],
  colors: [],
  sizes: [],
  minMinor: null,
  maxMinor: null,
  inStock: false,
  onSale: false,
};

export interface SearchQuestion {
  readonly query: string;
  readonly filters: SearchFilters;
  readonly sort: SearchSort;
}

/** Choices of one kind in one question, and characters of one. */
const MAX_CHOICES = 50;
const MAX_CHOICE_CHARS = 1_000;
/** What a price column of the database holds, minor units. */
const MAX_MINOR = 2_147_483_647;

export function questionParams({ query, filters, sort }: SearchQuestion): URLSearchParams {
  const params = new URLSearchParams({ q: query });
  if (sort !== "best") params.set("sort", sort);
  if (filters.category !== null) params.set("category", filters.category);
  for (const brand of filters.brands) params.append("brand", brand);
  for (const color of filters.colors) params.append("color", color);
  for (const size of filters.sizes) params.append("size", size);
  if (filters.minMinor !== null) params.set("min", String(filters.minMinor));
  if (filters.maxMinor !== null) params.set("max", String(filters.maxMinor));
  if (filters.inStock) params.set("stock", "1");
  if (filters.onSale) params.set("sale", "1");
  return params;
}

/** @throws AppError bad_request for what is no such question */
export function readQuestion(params: URLSearchParams): SearchQuestion {
  const sort = params.get("sort") ?? "best";
  const known = searchSorts.find((one) => one === sort);
  if (known === undefined) throw new AppError("bad_request", "no such order");
  return {
    query: params.get("q") ?? "",
    sort: known,
    filters: {
      category: choices(params, "category")[0] ?? null,
      brands: choices(params, "brand"),
      colors: choices(params, "color"),
      sizes: choices(params, "size"),
      minMinor: minorOf(params.get("min")),
      maxMinor: minorOf(params.get("max")),
      inStock: params.get("stock") === "1",
      onSale: params.get("sale") === "1",
    },
  };
}

function choices(params: URLSearchParams, name: string): string[] {
  const all = params.getAll(name);
  if (all.length > MAX_CHOICES || all.some((one) => one.length > MAX_CHOICE_CHARS)) {
    throw new AppError("bad_request", `too much for "${name}"`);
  }
  // No database holds a NUL, so no product has such a choice.
  return all.map((one) => one.replaceAll("\0", "\uFFFD"));
}

function minorOf(text: string | null): number | null {
  if (text === null) return null;
  const minor = Number(text);
  if (text.trim() === "" || !Number.isInteger(minor) || minor < 0) {
    throw new AppError("bad_request", `"${text.slice(0, 20)}" is no price`);
  }
  return Math.min(minor, MAX_MINOR);
}
