/** Texts that are remembered, and characters of the longest: rows of one product say most things in the same words. */
const MAX_TEXTS = 64;
const MAX_CHARS = 20_000;

/** The same function, which does not work out again what it has just worked out. Only for pure ones. */
export function recently<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const hit = known.get(text);
    if (hit) return hit.value;
    const value = make(text);
    if (text.length > MAX_CHARS) return value;
    if (known.size >= MAX_TEXTS) known.clear();
    known.set(text, { value });
    return value;
  };
}
