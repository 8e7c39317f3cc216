/**
 * What words that nothing has may have meant: words of the shop's own catalogue, one typing mistake away. A mistake
 * leaves the first or the last half of a word as it is, so two ranges of an index hold every candidate.
 */
import { getDb, Prisma } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";
import { oneMistake } from "./one-mistake";
import { type QueryWord, readWords } from "./search-query";

/** Shorter words have too many neighbours one letter away. */
const MIN_TYPO_CHARS = 4;
/** Letters that a word may be longer than the beginning of it that was typed. */
const MAX_MORE_CHARS = 12;
/** Words read of one half. */
const MAX_CANDIDATES = 5_000;
/** Words that one may have meant. */
const MAX_MEANT = 6;
/** Above every letter: the end of a range of words with one beginning. */
const LAST = "\u{10FFFF}";

/** The words with what they may have meant; null when no word of them can be helped. */
export async function guessWords(
  view: CatalogueView,
  words: readonly QueryWord[],
  language: string,
): Promise<QueryWord[] | null> {
  const meant = await Promise.all(words.map(({ text }) => wordsNear(view, text)));
  if (meant.every((near) => near.length === 0)) return null;
  const read = await readWords([...new Set(meant.flat())], language);
  return words.map((word, index) => ({
    ...word,
    meant: (meant[index] ?? []).flatMap((near) => read.find(({ text }) => text === near) ?? []),
  }));
}

/** Likeliest first; none for a short word, and for one that the catalogue knows, be it as a beginning. */
async function wordsNear(view: CatalogueView, typed: string): Promise<string[]> {
  const letters = [...typed];
  if (letters.length < MIN_TYPO_CHARS || !/^\p{L}+$/u.test(typed)) return [];
  const half = Math.floor((letters.length - 1) / 2);
  const head = letters.slice(0, half).join("");
  const tail = letters.slice(-half).reverse().join("");
  const rows = await getDb().$queryRaw<{ word: string }[]>`
    (SELECT "word" FROM ${wordsOf(view)} AND "word" >= ${head} AND "word" < ${head + LAST}
        AND char_length("word") BETWEEN ${letters.length - 1} AND ${letters.length + MAX_MORE_CHARS}
      LIMIT ${MAX_CANDIDATES})
    UNION
    (SELECT "word" FROM ${wordsOf(view)} AND "reversed" >= ${tail} AND "reversed" < ${tail + LAST}
        AND char_length("word") BETWEEN ${letters.length - 1} AND ${letters.length + 1}
      LIMIT ${MAX_CANDIDATES})`;
  const candidates = rows.map(({ word }) => word);
  if (candidates.some((word) => word.startsWith(typed))) return [];
  return candidates
    .flatMap((word) => {
      const how = oneMistake(typed, word);
      // People seldom miss the first letter.
      return how === null ? [] : [{ word, doubt: how * 2 + (word[0] === typed[0] ? 0 : 1) }];
    })
    .sort((a, b) => a.doubt - b.doubt || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_MEANT)
    .map(({ word }) => word);
}

/** Each storefront has words of its own, or another's language would be taken for known ones. */
function wordsOf({ shopId, storefront }: CatalogueView): Prisma.Sql {
  return storefront === null
    ? Prisma.sql`"CatalogueWord" WHERE "shopId" = ${shopId}`
    : Prisma.sql`"StorefrontWord" WHERE "storefrontId" = ${storefront.storefrontId}`;
}
