/**
 * Rules and style attributes as the replica may have them: no imports, only addresses that pass, and selectors for states
 * that only the customer's browser has (`:hover`, `:focus` …) rewritten to attributes that the viewer sets.
 */
import { OURS } from "./attribute-list";

/** Attributes whose real name would do something, or that had to change; selectors look for ours. */
export const RENAMED: ReadonlySet<string> = new Set(["href", "type"]);

/** Links have no address here, and nothing was ever visited. A custom element is defined where the customer is. */
const STATES: ReadonlyMap<string, string> = new Map([
  ...[
    "hover",
    "active",
    "focus",
    "focus-visible",
    "focus-within",
    "user-invalid",
    "user-valid",
    "autofill",
  ].map((state): [string, string] => [state, `[${OURS}${state}]`]),
  ["-webkit-autofill", `[${OURS}autofill]`],
  ["link", `[${OURS}href]`],
  ["any-link", `[${OURS}href]`],
  ["-webkit-any-link", `[${OURS}href]`],
  ["visited", ":not(*)"],
  ["defined", `:not([${OURS}undefined])`],
]);

const IDENT_START = /[a-z_\\\u0080-\uffff-]/i;
const IDENT = /[\w\\\u0080-\uffff-]/;
/** Functions whose strings are addresses. */
const ADDRESSING = /^(src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade)$/;
/** An address that loads nothing. */
const NOTHING = "data:,";

const quote = (text: string): string =>
  `"${text.replace(/["\\\n\r\f]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;

/** @param address what may stand for an address; null: nothing */
export function cleanCss(css: string, address: (url: string) => string | null): string {
  let out = "";
  let at = 0;
  // Of the statement that is being read: as it stands, and as the selector that it may turn out to be.
  let plain = "";
  let selector = "";
  const open: string[] = [];

  const put = (text: string, asSelector = text) => {
    plain += text;
    selector += asSelector;
  };
  const finish = (isBlock: boolean) => {
    const isSelector = isBlock && (!plain.trimStart().startsWith("@") || /^\s*@scope\b/i.test(plain));
    out += isSelector ? selector : plain;
    plain = selector = "";
    open.length = 0;
  };
  const escaped = () => {
    const hex = /^\\([0-9a-f]{1,6})\s?/i.exec(css.slice(at, at + 8));
    at += hex ? hex[0].length : 2;
    if (!hex) return css.charAt(at - 1);
    const code = Number.parseInt(hex[1] ?? "", 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  };
  const ident = () => {
    let name = "";
    while (at < css.length && IDENT.test(css.charAt(at)))
      name += css[at] === "\\" ? escaped() : css.charAt(at++);
    return name.toLowerCase();
  };
  const string = () => {
    const end = css.charAt(at++);
    let text = "";
    while (at < css.length && css[at] !== end && css[at] !== "\n") {
      if (css[at] === "\\" && css[at + 1] === "\n") at += 2;
      else text += css[at] === "\\" ? escaped() : css.charAt(at++);
    }
    if (css[at] === end) at++;
    return text;
  };
  const skipSpace = () => {
    while (/\s/.test(css.charAt(at))) at++;
  };
  const named = (url: string) => (/^#/.test(url) ? url : (address(url) ?? NOTHING));
  const url = () => {
    skipSpace();
    let text = "";
    if (css[at] === '"' || css[at] === "'") text = string();
    else
      while (at < css.length && !/[)\s]/.test(css.charAt(at)))
        text += css[at] === "\\" ? escaped() : css.charAt(at++);
    while (at < css.length && css[at] !== ")") at++;
    at++;
    put(`url(${quote(named(text))})`);
  };
  const skipStatement = () => {
    while (at < css.length && css[at] !== ";" && css[at] !== "{" && css[at] !== "}") {
      if (css[at] === '"' || css[at] === "'") string();
      else if (css.slice(at, at + 4).toLowerCase() === "url(") {
        const end = css.indexOf(")", at);
        at = end < 0 ? css.length : end + 1;
      } else at++;
    }
    if (css[at] === ";") at++;
    plain = selector = "";
  };

  while (at < css.length) {
    const char = css.charAt(at);
    const from = at;
    if (char === "/" && css[at + 1] === "*") {
      const end = css.indexOf("*/", at + 2);
      at = end < 0 ? css.length : end + 2;
      put(" ");
    } else if (char === '"' || char === "'") {
      const text = string();
      put(quote(ADDRESSING.test(open[open.length - 1] ?? "") ? named(text) : text));
    } else if (char === "@") {
      at++;
      const name = ident();
      if (name === "import" || name === "charset") skipStatement();
      else put(`@${name}`);
    } else if (char === ":") {
      at++;
      const isElement = css[at] === ":";
      if (isElement) at++;
      const name = ident();
      const state = isElement || css[at] === "(" ? undefined : STATES.get(name);
      if (css[at] === "(" && name !== "") {
        at++;
        open.push("");
      }
      const text = css.slice(from, at);
      // An address hides behind no colon: `a:url(x)` is a declaration.
      if (/^:url\($/i.test(text) || (name === "url" && text.endsWith("("))) {
        open.pop();
        put(":");
        url();
      } else if (text.endsWith("(") && ADDRESSING.test(name)) {
        open[open.length - 1] = name;
        put(text);
      } else put(text, state ?? text);
    } else if (char === "[") {
      at++;
      open.push("");
      const gap = /^\s*(?:\*?\|)?/.exec(css.slice(at, at + 20))?.[0] ?? "";
      at += gap.length;
      const start = at;
      const name = ident();
      const raw = css.slice(start, at);
      put(`[${gap}${raw}`, RENAMED.has(name) ? `[${OURS}${name}` : `[${gap}${raw}`);
    } else if (IDENT_START.test(char) && !(char === "-" && /[\d.]/.test(css.charAt(at + 1)))) {
      const name = ident();
      if (css[at] !== "(") put(css.slice(from, at));
      else {
        at++;
        if (name === "url") url();
        else {
          open.push(ADDRESSING.test(name) ? name : (open[open.length - 1] ?? ""));
          put(css.slice(from, at));
        }
      }
    } else {
      at++;
      if (char === "(") open.push(open[open.length - 1] ?? "");
      else if (char === ")" || char === "]") open.pop();
      put(char);
      if (char === "{" || char === "}" || (char === ";" && open.length === 0)) finish(char === "{");
    }
  }
  finish(false);
  return out;
}
