/**
 * How a product says what it can be narrowed by: short texts in two array columns, so that one index answers every
 * filter, and one pass counts them all. `k:red` colour, `s:M` size, `v:red|M` both in one variant, `b:` brand, `c:` category
 * with every level above it, `~7` the sample that it is in. Migration 0007 wrote the same for products that were there before.
 */
import { cutText } from "./search-text";

/** Longer names are cut: they are read in a list of choices. */
const MAX_NAME_CHARS = 120;
/** Levels of a category's path. */
const MAX_LEVELS = 8;
const BETWEEN_LEVELS = " > ";

/** Products fall into so many samples of equal size, whatever else they are. */
export const SAMPLES = 32;
export const sampleOf = (sample: number) => `~${sample}`;

/** By its id: what is written again stays in its sample. */
export function sampleKey(externalId: string): string {
  let hash = 0;
  for (const letter of externalId) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  // The low bits of such a hash say little else than the last letter.
  return sampleOf((Math.imul(hash, 0x9e3779b1) >>> 16) % SAMPLES);
}

export const colorKey = (color: string) => `k:${color}`;
export const sizeKey = (size: string) => `s:${size}`;
export const variantKey = (color: string, size: string) => `v:${color}|${size}`;
export const brandKey = (brand: string) => `b:${brand}`;
export const categoryKey = (path: string) => `c:${path}`;

const cleaned = (name: string) => cutText(name.trim(), MAX_NAME_CHARS);

/** "Black/White" is both; colours are named in small letters, because shops mix them. */
export function colorsOf(color: string): string[] {
  return color
    .split("/")
    .map((part) => cleaned(part.toLowerCase()))
    .filter((part) => part !== "");
}

export const sizeOf = cleaned;
export const brandOf = cleaned;

/** "Women > Shoes > Boots" lies in "Women > Shoes" and in "Women" as well. */
export function levelsOf(category: string): string[] {
  if (category.trim() === "") return [];
  const names = category.trim().split(BETWEEN_LEVELS).slice(0, MAX_LEVELS);
  return names.map((_, index) => cleaned(names.slice(0, index + 1).join(BETWEEN_LEVELS)));
}
