/**
 * Style sheets and style attributes, word by word: addresses go through the address rules, comments and imports fall away,
 * and where text is masked so are strings and custom properties, in which pages keep data too.
 */
import { FILLED } from "./mask-text";

export interface CssRules {
  /** Text is masked here: strings and custom properties are data. */
  readonly strict: boolean;
  /** @returns what stands for an address; null for none */
  address(url: string): string | null;
  /** Dots out echoes in strings. */
  clean(text: string): string;
}

/** Characters of one sheet; a large shop's whole framework is 400 KB. */
const MAX_CSS_CHARS = 2_000_000;

/** Names of typefaces, and keywords in selectors: short words without numbers. */
const isWord = (text: string) => /^[\p{L}_][\w\p{L} -]{0,39}$/u.test(text) && !/\d{3}/.test(text);
const KEYWORDS =
  /^(auto|none|normal|inherit|initial|unset|transparent|currentcolor|black|white|solid|bold|center|flex|grid|block|ease(-in|-out){0,2}|linear|serif|sans-serif|monospace|system-ui|inset|var|calc|min|max|clamp|rgba?|hsla?|ok(lch|lab)|lch|lab|color-mix|in|srgb|cubic-bezier|linear-gradient)$/i;

/** Lengths, colours, references: the kind of custom property that designs are made of. */
function isDesign(value: string): boolean {
  return (value.match(/[^\s(),/*+]+/g) ?? []).every(
    (word) =>
      /^-?\d{0,3}(\.\d{1,4})?$/.test(word) ||
      /^-?[\d.]{1,8}(px|r?em|%|v[hw]|[sdl]v[hw]|ch|ex|fr|m?s|deg|turn|pt)$/i.test(word) ||
      /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(word) ||
      /^--[\w-]+$/.test(word) ||
      KEYWORDS.test(word),
  );
}

const quote = (text: string) =>
  `"${text.replace(/["\\]/g, "\\$&").replace(/[\n\r\f]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
const IDENT_START = /[a-z_\\\u0080-\uffff-]/i;
const IDENT = /[\w\\\u0080-\uffff-]/;
/** Functions whose strings are addresses. */
const ADDRESSING = /^(url|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade)$/;

export function filterCss(css: string, rules: CssRules): string {
  if (css.length > MAX_CSS_CHARS) return "";
  let out = "";
  let at = 0;
  let property = "";
  let selecting = false;
  let isStatementStart = true;
  const functions: string[] = [];

  const escaped = () => {
    const hex = /^\\([0-9a-f]{1,6})\s?/i.exec(css.slice(at, at + 8));
    at += hex ? hex[0].length : 2;
    if (!hex) return css.charAt(at - 1);
    const code = Number.parseInt(hex[1] ?? "", 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  };
  const string = () => {
    const end = css.charAt(at++);
    let text = "";
    while (at < css.length && css[at] !== end && css[at] !== "\n") {
      if (css[at] === "\\" && css[at + 1] === "\n") at += 2;
      else text += css[at] === "\\" ? escaped() : css.charAt(at++);
    }
    at++;
    return text;
  };
  const ident = () => {
    let name = "";
    while (at < css.length && IDENT.test(css.charAt(at)))
      name += css[at] === "\\" ? escaped() : css.charAt(at++);
    return name;
  };
  const address = (url: string) => {
    const told = rules.address(url);
    return told === null ? 'url("")' : `url(${quote(told)})`;
  };
  const skipSpace = () => {
    while (/\s/.test(css.charAt(at))) at++;
  };
  /** To the end of a statement, over strings and brackets. */
  const skipStatement = () => {
    let depth = 0;
    for (; at < css.length; at++) {
      const char = css.charAt(at);
      if (char === "\\") at++;
      else if (char === '"' || char === "'") {
        string();
        at--;
      } else if (char === "(" || char === "[" || char === "{") depth++;
      else if (depth > 0 && (char === ")" || char === "]" || char === "}")) depth--;
      else if (depth === 0 && (char === ";" || char === "}")) return;
    }
  };

  while (at < css.length) {
    const char = css.charAt(at);
    if (char === "/" && css[at + 1] === "*") {
      const end = css.indexOf("*/", at + 2);
      at = end < 0 ? css.length : end + 2;
      continue;
    }
    if (/\s/.test(char)) {
      out += " ";
      skipSpace();
      continue;
    }
    const starting = isStatementStart;
    isStatementStart = false;
    if (char === '"' || char === "'") {
      const text = string();
      if (ADDRESSING.test(functions[functions.length - 1] ?? "")) {
        const told = rules.address(text);
        out += quote(told ?? "");
      } else if (!rules.strict || !text) out += quote(rules.clean(text));
      else if ((selecting || /^(font|font-family|src)$/.test(property)) && isWord(text)) out += quote(text);
      else out += quote(FILLED);
    } else if (char === "@") {
      at++;
      const name = ident();
      if (name.toLowerCase() === "import") {
        skipStatement();
        at++;
        isStatementStart = true;
      } else out += `@${name}`;
    } else if (IDENT_START.test(char) && !(char === "-" && /[\d.]/.test(css.charAt(at + 1)))) {
      const from = at;
      const name = ident();
      const lower = name.toLowerCase();
      if (css[at] === "(") {
        at++;
        if (lower === "url") {
          skipSpace();
          let url = "";
          if (css[at] === '"' || css[at] === "'") url = string();
          else
            while (at < css.length && !/[)\s]/.test(css.charAt(at)))
              url += css[at] === "\\" ? escaped() : css.charAt(at++);
          while (at < css.length && css[at] !== ")") at++;
          at++;
          out += address(url);
        } else {
          functions.push(ADDRESSING.test(lower) ? lower : (functions[functions.length - 1] ?? ""));
          out += `${css.slice(from, at)}`;
        }
        continue;
      }
      const after = at;
      skipSpace();
      const declares = starting && css[at] === ":";
      if (declares && rules.strict && name.startsWith("--")) {
        const begin = ++at;
        skipStatement();
        const value = css.slice(begin, at);
        if (isDesign(value)) out += `${css.slice(from, after)}:${value}`;
        else if (css[at] === ";") at++;
        isStatementStart = true;
        continue;
      }
      at = after;
      if (declares) property = lower;
      out += css.slice(from, after);
    } else {
      at++;
      if (char === "(") functions.push(functions[functions.length - 1] ?? "");
      else if (char === ")") functions.pop();
      else if (char === "[") selecting = true;
      else if (char === "]") selecting = false;
      else if (char === ";" || char === "{" || char === "}") {
        isStatementStart = true;
        property = "";
        functions.length = 0;
      }
      out += char;
    }
  }
  return out;
}
