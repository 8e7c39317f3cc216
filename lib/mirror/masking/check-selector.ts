/** What a selector of a site's rules may be. Parsing is the browser's: `canParse` is passed in. */

export type SelectorProblem = "unparsable" | "pseudo-element" | "too broad";

/** Characters of one selector: nobody writes longer ones by hand. */
const MAX_SELECTOR_CHARS = 500;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

/**
 * Browsers close open strings, brackets and comments at the end by themselves. Such a selector would swallow those
 * joined behind it, so it counts as unparsable.
 */
function isClosed(selector: string): boolean {
  const open: string[] = [];
  let quote = "";
  for (let i = 0; i < selector.length; i++) {
    const char = selector.charAt(i);
    if (char === "\\") {
      if (++i >= selector.length) return false;
    } else if (quote) {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "/" && selector[i + 1] === "*") return false;
    else if (char in CLOSING) open.push(CLOSING[char] ?? "");
    else if ((char === ")" || char === "]") && open.pop() !== char) return false;
  }
  return !quote && open.length === 0;
}

export function checkSelector(
  selector: string,
  canParse: (selector: string) => boolean,
): SelectorProblem | null {
  if (!selector.trim() || selector.length > MAX_SELECTOR_CHARS) return "unparsable";
  if (!isClosed(selector) || !canParse(selector)) return "unparsable";
  // Parses, and never matches an element: a mask that hides nothing.
  if (/::|:(before|after|first-line|first-letter)\b/i.test(selector.replace(/"[^"]*"|'[^']*'/g, "")))
    return "pseudo-element";
  return null;
}

/** `show` lowers protection: it has to name what it means by class, id or the value of an attribute. */
export function checkShowSelector(
  selector: string,
  canParse: (selector: string) => boolean,
): SelectorProblem | null {
  const problem = checkSelector(selector, canParse);
  if (problem) return problem;
  let bare = selector.replace(/"[^"]*"|'[^']*'/g, "v").replace(/\\./g, "x");
  // What stands inside :not(), :is(), :has() says nothing about how much is meant. From the inside out.
  for (let before = ""; before !== bare; ) {
    before = bare;
    bare = bare.replace(/:[\w-]+\([^()]*\)/g, "");
  }
  for (const part of bare.split(",")) {
    const named = /[.#][\w-]|[.#][^\s\0-\x7f]|\[[^\]=]+=[^\]]+\]/.test(part);
    const universal = part.replace(/\[[^\]]*\]/g, "").includes("*");
    if (!named || universal || /(^|[\s>+~])(html|body)(?![\w-])|:root/i.test(part)) return "too broad";
  }
  return null;
}
