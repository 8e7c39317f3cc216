/** What somebody typed, taken apart: folded words, their stems in every language we know, and numbers without dashes. */
import { getDb } from "@/lib/db/client";
import { foldText } from "./search-text";

/** Words of a query that are looked at; nobody types more into a search field. */
const MAX_WORDS = 8;
/** Characters of a query that are looked at. */
const MAX_QUERY_CHARS = 100;
/** From this many digits on a number may be a barcode, which people write with dashes and leading zeros. */
const MIN_BARCODE_DIGITS = 8;

export interface QueryWord {
  /** Folded, as typed. */
  readonly text: string;
  /** The stems of our languages, each once. */
  readonly stems: readonly string[];
  /** The stem in German, whose words grow together: "schuhe" is inside "turnschuh" as "schuh". */
  readonly inside: string | null;
  /** A barcode's digits without dashes and leading zeros. */
  readonly digits: string | null;
  /** A word such as "with" in the shop's own language: found or not, it decides nothing. */
  readonly optional: boolean;
  /** Words of the catalogue that it may have meant; empty while it is taken as typed. */
  readonly meant: readonly QueryWord[];
}

/** Folded words that hold at least a letter or a digit. */
export function wordsOf(query: string): string[] {
  return foldText(query.slice(0, MAX_QUERY_CHARS))
    .split(" ")
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MAX_WORDS);
}

interface StemRow {
  readonly n: number;
  readonly language: string;
  /** Empty for a word that says nothing in this language; null for what it does not know. */
  readonly stems: readonly string[] | null;
}

/** @param language of the shop, as `searchLanguage` names it */
export async function readWords(words: readonly string[], language: string): Promise<QueryWord[]> {
  if (words.length === 0) return [];
  const rows = await getDb().$queryRaw<StemRow[]>`
    SELECT w.n::int AS n, l.language, ts_lexize(l.stemmer, w.word) AS stems
    FROM unnest(${[...words]}::text[]) WITH ORDINALITY AS w(word, n),
      (VALUES ('en', 'english_stem'::regdictionary), ('de', 'german_stem'), ('it', 'italian_stem'),
        ('es', 'spanish_stem'), ('fr', 'french_stem')) AS l(language, stemmer)`;
  const read = words.map((text, index): QueryWord => {
    const mine = rows.filter(({ n }) => n === index + 1);
    const stemIn = (name: string) => mine.find((row) => row.language === name)?.stems ?? null;
    const german = stemIn("de")?.[0];
    return {
      text,
      stems: [...new Set([text, ...mine.flatMap(({ stems }) => stems ?? [])])],
      inside: german !== undefined && german !== text && text.startsWith(german) ? german : null,
      digits: digitsOf(text),
      optional: stemIn(language)?.length === 0,
      meant: [],
    };
  });
  // "The Who" is all small words: then they are what is looked for.
  return read.every(({ optional }) => optional) ? read.map((word) => ({ ...word, optional: false })) : read;
}

function digitsOf(word: string): string | null {
  if (!/^[\d-]+$/.test(word)) return null;
  const digits = word.replaceAll("-", "");
  const bare = digits.replace(/^0+/, "");
  return digits.length >= MIN_BARCODE_DIGITS && bare.length >= MIN_BARCODE_DIGITS - 1 && bare !== word
    ? bare
    : null;
}
