/** A text as PostgreSQL takes it: no NUL, and no half of a character, as a cut through an emoji leaves behind. */
export function storableText(text: string): string {
  // A round trip through UTF-8 turns lone surrogates into U+FFFD.
  return Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "");
}
