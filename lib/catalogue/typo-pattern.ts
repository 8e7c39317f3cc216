/** Shorter words have too many neighbours one letter away. */
const MIN_TYPO_CHARS = 4;

/**
 * A regular expression for words of folded text that begin with something one typing mistake away from `word`: a
 * letter wrong, missing, too many, or two swapped. Null for words too short to guess at. Written so that PostgreSQL's
 * trigram index can use it.
 */
export function typoPattern(word: string): string | null {
  const letters = [...word];
  if (letters.length < MIN_TYPO_CHARS) return null;
  const forms = new Set<string>();
  for (let i = 0; i < letters.length; i++) {
    const before = letters.slice(0, i).map(escaped).join("");
    const after = letters.slice(i + 1).map(escaped);
    const letter = escaped(letters[i] ?? "");
    forms.add(`${before}.${after.join("")}`);
    forms.add(`${before}${after.join("")}`);
    forms.add(`${before}.${letter}${after.join("")}`);
    const [next, ...rest] = after;
    if (next !== undefined) forms.add(`${before}${next}${letter}${rest.join("")}`);
  }
  return `(^|[^[:alnum:]])(${[...forms].join("|")})`;
}

/** Folded words hold letters, digits, dot, dash, slash and underscore. */
function escaped(letter: string): string {
  return letter === "." ? "\\." : letter;
}
