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
  ["visited", ":not(*)"],
  ["defined", ":not([_])"],
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
  let isDropped = false;

  const put = (text: string, asSelector = text) => {
    plain += text;
    selector += asSelector;
  };
  const finish = (end: string) => {
    const isSelector = end === "{" && (!plain.trimStart().startsWith("@") || /^\s*@scope\b/i.test(plain));
    out += (isDropped ? "" : isSelector ? selector : plain) + (isDropped && end === ";" ? "" : end);
    plain = selector = "";
    open.length = 0;
    isDropped = false;
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
  const named = (url: string) => (/^#/.test(url) ? url : (address(url) ?? NOTHING));
  const url = () => {
    while (/\s/.test(css.charAt(at))) at++;
    let text = "";
    if (css[at] === '"' || css[at] === "'") text = string();
    else
      while (at < css.length && !/[)\s]/.test(css.charAt(at)))
        text += css[at] === "\\" ? escaped() : css.charAt(at++);
    while (at < css.length && css[at] !== ")") at++;
    at++;
    put(`url(${quote(named(text))})`);
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
      isDropped ||= name === "import" || name === "charset";
      put(`@${name}`);
    } else if (css.startsWith("::", at)) {
      at += 2;
      put("::");
    } else if (char === ":" || char === "[") {
      at++;
      if (char === "[") open.push("");
      const name = ident();
      const state = char === ":" ? STATES.get(name) : RENAMED.has(name) && `[${OURS}${name}`;
      if (!state || css[at] === "(") at = from + 1;
      put(css.slice(from, at), state && at > from + 1 ? state : char);
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
      if (char === "{" || char === "}" || (char === ";" && open.length === 0)) finish(char);
      else put(char);
    }
  }
  finish("");
  return out;
}
