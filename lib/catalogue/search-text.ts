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

/** The beginning of a text, never half a character. */
export function cutText(text: string, maxChars: number): string {
  return text.slice(0, maxChars).replace(/\p{Cs}$/u, "");
}
