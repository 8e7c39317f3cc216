/**
 * A large shop's catalogue, the same for the same seed: titles and paths in five languages, a few thousand brands and
 * model names, descriptions whose words are as unevenly common as words are, three variants with numbers and barcodes.
 */
import type { ProductInput, VariantInput } from "@/lib/catalogue/write-product";
import { type ShopWords, shopWords } from "./product-words";

interface BenchVariant extends VariantInput {
  readonly sku: string;
  /** GTIN-13 with its check digit. */
  readonly gtin: string;
  readonly mpn: string;
}

export interface BenchProduct extends Omit<ProductInput, "variants" | "pictures"> {
  /** BCP 47. */
  readonly locale: string;
  readonly variants: readonly BenchVariant[];
}

const VARIANTS = 3;
const BRANDS = 1_500;
const MODELS = 12_000;
/** Words that are neither product words nor small ones. */
const RARE_WORDS = 25_000;
const DESCRIPTION_WORDS = 70;
/** Of 10 products; most shops have one main language. */
const LANGUAGES = [0, 0, 0, 0, 1, 1, 1, 2, 3, 4] as const;
const SIZES = ["XS", "S", "M", "L", "XL", "36", "37", "38", "39", "40", "41", "42"];

export function* generateProducts(count: number, seed = 1): Generator<BenchProduct> {
  const random = mulberry32(seed);
  const pick = <T>(all: readonly T[]): T => {
    const one = all[Math.floor(random() * all.length)];
    if (one === undefined) throw new Error("an empty list");
    return one;
  };
  /** Small numbers often, large ones seldom, as words of a language. */
  const uneven = (most: number) => Math.floor(most ** random()) - 1;
  const brands = Array.from({ length: BRANDS }, (_, index) => capital(madeUpWord(index * 7 + 3)));
  for (let index = 0; index < count; index++) {
    const words = shopWords[pick(LANGUAGES)] ?? pick(shopWords);
    const kind = pick(words.kinds);
    const noun = pick(kind.nouns);
    const colors = [pick(words.colors), pick(words.colors)];
    const model = capital(madeUpWord(BRANDS * 7 + uneven(MODELS) * 11));
    const price = 500 + Math.floor(random() ** 3 * 60_000);
    yield {
      externalId: `P${String(index).padStart(6, "0")}`,
      locale: words.locale,
      title: `${model} ${pick(words.qualities)} ${pick(words.materials)} ${noun}, ${colors[0]}`,
      description: Array.from({ length: DESCRIPTION_WORDS }, () =>
        describing(words, noun, random, uneven, pick),
      ).join(" "),
      url: `https://shop.example/p/${index}`,
      brand: brands[uneven(BRANDS)] ?? "",
      category: kind.path,
      variants: Array.from({ length: VARIANTS }, (_, position) => ({
        externalId: `P${String(index).padStart(6, "0")}-${position + 1}`,
        sku: `${model.slice(0, 3).toUpperCase()}-${(index * VARIANTS + position).toString(36).toUpperCase()}`,
        gtin: gtin13(index * VARIANTS + position),
        mpn: "",
        title: "",
        color: colors[position % 2] ?? "",
        size: pick(SIZES),
        currency: "EUR",
        priceMinor: price,
        saleMinor: random() < 0.15 ? Math.floor(price * 0.8) : null,
        availability: random() < 0.85 ? "in_stock" : "out_of_stock",
      })),
    };
  }
}

function describing(
  words: ShopWords,
  noun: string,
  random: () => number,
  uneven: (most: number) => number,
  pick: <T>(all: readonly T[]) => T,
): string {
  const kind = random();
  if (kind < 0.45) return pick(words.small);
  if (kind < 0.5) return noun;
  if (kind < 0.62) return pick(words.qualities);
  if (kind < 0.72) return pick(words.materials);
  return madeUpWord(500_000 + uneven(RARE_WORDS) * 13);
}

const SYLLABLES =
  "ba be bo da de di do fa fe ga ge gi ka ke ko la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve vi".split(
    " ",
  );

/** The same word for the same number: three to four syllables. */
function madeUpWord(number: number): string {
  let rest = number + SYLLABLES.length ** 2;
  let word = "";
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** In the range 200-299, which shops give out themselves. */
function gtin13(number: number): string {
  const digits = `20${String(number).padStart(10, "0")}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Well-mixed numbers from 0 to 1 that a seed decides. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
