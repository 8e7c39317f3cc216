/**
 * `data-*` attributes and those of custom elements leave only for the sake of a style sheet that selects on them, and then
 * as the words that stand in the sheet itself: what a page keeps in them beside that stays in the page.
 */

export interface StyledData {
  /** Learns from a sheet that the page may read. */
  add(css: string): void;
  /** What of an attribute's value the sheets name; null when they do not know the attribute. */
  told(name: string, value: string): string | null;
}

interface Test {
  readonly operator: string;
  readonly literal: string;
}

const SELECTION =
  /\[\s*([a-z][\w-]{0,60})\s*(?:([~|^$*]?=)\s*("[^"\\\n]{0,60}"|'[^'\\\n]{0,60}'|[\w-]{1,60})\s*[is]?\s*)?\]/gi;
/** Attributes learnt from all sheets together: utility frameworks know some hundred. */
const MAX_NAMES = 2_000;
const MAX_TESTS_PER_NAME = 200;

export function openStyledData(): StyledData {
  const tests = new Map<string, Map<string, Test>>();
  return {
    add(css) {
      if (!css.includes("[")) return;
      for (const [, name = "", operator = "", quoted = ""] of css.matchAll(SELECTION)) {
        const key = name.toLowerCase();
        const known = tests.get(key) ?? new Map<string, Test>();
        if (!tests.has(key) && tests.size >= MAX_NAMES) return;
        tests.set(key, known);
        const literal = quoted.replace(/^["']|["']$/g, "");
        if (known.size < MAX_TESTS_PER_NAME) known.set(operator + literal, { operator, literal });
      }
    },
    told(name, value) {
      const known = tests.get(name);
      if (!known) return null;
      const words: string[] = [];
      let partial = "";
      for (const { operator, literal } of known.values()) {
        if (!literal) continue;
        if (operator === "=" && value === literal) return literal;
        if (operator === "~=" && value.split(/\s+/).includes(literal)) words.push(literal);
        else if (operator === "^=" && value.startsWith(literal)) partial = literal;
        else if (operator === "$=" && value.endsWith(literal)) partial = literal;
        else if (operator === "*=" && value.includes(literal)) partial = literal;
        else if (operator === "|=" && (value === literal || value.startsWith(`${literal}-`)))
          partial = literal;
      }
      return words.length > 0 ? words.join(" ") : partial;
    },
  };
}
