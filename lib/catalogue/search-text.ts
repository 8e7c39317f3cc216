/**
 * One folding for what is searched and for what is typed, so that "Café", "CAFE" and "cafe" are one word on every
 * database: done here, because PostgreSQL's unaccent is not installed everywhere.
 */

/** Letters that Unicode does not decompose. */
const foldings: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Characters of a description that search looks through: its first paragraph or two. */
const MAX_DESCRIPTION_CHARS = 2_000;

/** Lower case, without accents, one space between words; letters, digits and the signs inside article numbers. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/gu, (letter) => foldings[letter] ?? letter)
    .replace(/[^\p{L}\p{N}._/-]+/gu, " ")
    .trim();
}

interface Searchable {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly category: string;
  readonly variants: readonly {
    readonly externalId: string;
    readonly color: string;
    readonly size: string;
  }[];
}

/** Four lines: title, what it is (brand, category, colours, sizes), the shop's ids, description. Ranking reads the first. */
export function searchTextOf(product: Searchable): string {
  const kinds = [
    product.brand,
    product.category,
    ...product.variants.flatMap(({ color, size }) => [color, size]),
  ];
  const ids = [product.externalId, ...product.variants.map((variant) => variant.externalId)];
  return [
    foldText(product.title),
    foldText([...new Set(kinds)].join(" ")),
    foldText([...new Set(ids)].join(" ")),
    foldText(product.description.slice(0, MAX_DESCRIPTION_CHARS)),
  ].join("\n");
}
