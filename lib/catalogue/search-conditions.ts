/** The SQL of a question: which products fit. `p` is the product; every value is a parameter. */
import { Prisma } from "@/lib/db/client";
import type { SearchFilters } from "@/lib/protocol/catalogue-search";
import { type CatalogueView, tableOf } from "./catalogue-view";
import { brandKey, categoryKey, colorKey, sizeKey, variantKey } from "./facet-keys";
import type { QueryWord } from "./search-query";

/** How far a word is looked for; each level holds the one before. */
export type Depth = "numbers" | "title" | "kinds" | "description";

/** Below this many letters a word is looked for at the beginnings of words only. */
const MIN_INSIDE_CHARS = 3;

/** The very text that migration 0007 indexes. */
const KINDS = Prisma.sql`split_part(p."searchText", E'\n', 1)`;

const and = (parts: readonly Prisma.Sql[]) => Prisma.join([Prisma.sql`TRUE`, ...parts], " AND ");
const or = (parts: readonly Prisma.Sql[]) => Prisma.sql`(${Prisma.join([...parts], " OR ")})`;

/** Active products of the view that have the words and pass the filters. */
export function matching(
  view: CatalogueView,
  words: readonly QueryWord[],
  filters: SearchFilters,
  depth: Depth = "description",
): Prisma.Sql {
  const asked = depth === "numbers" ? words : words.filter(({ optional }) => !optional);
  return and([
    Prisma.sql`${tableOf(view).isOfView} AND p."active"`,
    ...asked.map((word) => or([word, ...word.meant].flatMap((each) => waysToHave(each, depth)))),
    ...passes(filters),
    ...choicesOf(filters),
  ]);
}

/** Whether a product passes what was chosen of brands, colours and sizes; of these alone. */
export const passesChoices = (filters: SearchFilters): Prisma.Sql => and(choicesOf(filters));

export const withoutChoices = (filters: SearchFilters): SearchFilters => ({
  ...filters,
  brands: [],
  colors: [],
  sizes: [],
});

function waysToHave(word: QueryWord, depth: Depth): Prisma.Sql[] {
  const { text, stems } = word;
  const isShort = [...text].length < MIN_INSIDE_CHARS;
  const codes = [text, ...(word.digits === null ? [] : [word.digits])];
  if (depth === "numbers") return [has("numberVector", codes.map(quoted))];
  const exact = stems.map(quoted);
  const inTitle = [...likes(Prisma.sql`p."searchTitle"`, word), has("titleVector", exact)];
  if (depth === "title") return inTitle;
  const inKinds = [
    ...inTitle,
    ...likes(KINDS, word),
    has("kindsVector", exact),
    has("numberVector", isShort ? codes.map(quoted) : codes.map(beginning)),
  ];
  // A letter or two begin something in every description.
  if (depth === "kinds" || isShort) return inKinds;
  return [...inKinds, has("bodyVector", [...exact, beginning(text)])];
}

const has = (column: string, lexemes: readonly string[]) =>
  Prisma.sql`p.${Prisma.raw(`"${column}"`)} @@ ${lexemes.join(" | ")}::tsquery`;

/** Inside words; a letter or two at their beginnings. */
function likes(column: Prisma.Sql, { text, inside }: QueryWord): Prisma.Sql[] {
  const like = (pattern: string) => Prisma.sql`${column} LIKE ${pattern}`;
  if ([...text].length < MIN_INSIDE_CHARS) return [like(`${escaped(text)}%`), like(`% ${escaped(text)}%`)];
  // What has the word has its stem.
  return [like(`%${escaped(inside ?? text)}%`)];
}

const any = (keys: readonly string[]) => Prisma.sql`p."facets" && ${[...keys]}::text[]`;

function passes({ category, minMinor, maxMinor, inStock, onSale }: SearchFilters): Prisma.Sql[] {
  return [
    ...(category === null ? [] : [any([categoryKey(category)])]),
    ...(inStock ? [Prisma.sql`p."inStock"`] : []),
    ...(onSale ? [Prisma.sql`p."onSale"`] : []),
    ...(minMinor === null ? [] : [Prisma.sql`p."priceFromMinor" >= ${minMinor}`]),
    ...(maxMinor === null ? [] : [Prisma.sql`p."priceFromMinor" <= ${maxMinor}`]),
  ];
}

/** Colour, size and stock hold of one and the same variant. */
function choicesOf({ brands, inStock, ...filters }: SearchFilters): Prisma.Sql[] {
  const colors = filters.colors.map(colorKey);
  const sizes = filters.sizes.map(sizeKey);
  const pairs = filters.colors.flatMap((color) => filters.sizes.map((size) => variantKey(color, size)));
  const ofOne = pairs.length > 0 ? pairs : [...colors, ...sizes];
  return [
    ...(brands.length === 0 ? [] : [any(brands.map(brandKey))]),
    ...(colors.length === 0 ? [] : [any(colors)]),
    ...(sizes.length === 0 ? [] : [any(sizes)]),
    ...(pairs.length === 0 ? [] : [any(pairs)]),
    ...(inStock && ofOne.length > 0 ? [Prisma.sql`p."buyable" && ${ofOne}::text[]`] : []),
  ];
}

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Folded words hold letters, digits, dot, dash, slash and underscore; stems of them too. */
const quoted = (word: string) => `'${word.replace(/['\\]/g, "$&$&")}'`;
const beginning = (word: string) => `${quoted(word)}:*`;
