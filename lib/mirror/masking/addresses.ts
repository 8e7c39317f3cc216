/** Addresses: what of a page's, a link's or a picture's may be told. */
import { FILLED } from "./mask-text";

export interface AddressRules {
  /** Address that relative ones start from. */
  readonly base: string;
  readonly urlParams: ReadonlySet<string>;
  /** Dots out what was typed into protected fields. */
  clean(text: string): string;
}

/** Characters of an address: longer ones carry data. */
const MAX_ADDRESS_CHARS = 4_096;
/** A `data:` picture small enough to be a spacer and too small for a photo, a signature or a QR code. */
const SPACER = /^data:image\/(gif|png|webp|jpeg);base64,[\w+/=]{1,200}$/;

function parse(raw: string, base: string): URL | null {
  if (raw.length > MAX_ADDRESS_CHARS) return null;
  try {
    const url = new URL(raw, base);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

/** Letters and digits in one long run are nobody's word: order tokens, links that sign in, JWTs. */
const isToken = (segment: string) =>
  /[a-z0-9]{20,}/i.test(segment) && /\d/.test(segment) && /[a-z]/i.test(segment);

function cleanPath(url: URL, rules: AddressRules): string {
  return url.pathname
    .split("/")
    .map((segment) => {
      let plain = segment;
      try {
        plain = decodeURIComponent(segment);
      } catch {
        return FILLED;
      }
      return plain.includes("@") || isToken(plain) || rules.clean(plain) !== plain ? FILLED : segment;
    })
    .join("/");
}

/** Origin, path and listed parameters. Null when it is no page of the web. */
export function pageAddress(raw: string, rules: AddressRules): string | null {
  const url = parse(raw, rules.base);
  if (!url) return null;
  const kept = new URLSearchParams();
  url.searchParams.forEach((value, name) => {
    if (rules.urlParams.has(name) && !isToken(value) && !value.includes("@"))
      kept.append(name, rules.clean(value));
  });
  const query = kept.toString();
  return url.origin + cleanPath(url, rules) + (query ? `?${query}` : "");
}

/** Without query and fragment; links into the same page, mail, telephone and scripts are only "a link". */
export function linkAddress(raw: string, rules: AddressRules): string {
  if (raw.trim().startsWith("#")) return "#";
  const url = parse(raw, rules.base);
  return url ? url.origin + cleanPath(url, rules) : "#";
}

export type ImageAddress =
  | { readonly kind: "plain"; readonly url: string }
  /** Carries something only this customer's browser may know: told under a number. */
  | { readonly kind: "opaque"; readonly url: string }
  /** Made in the page, perhaps from a file she chose. */
  | { readonly kind: "made here"; readonly url: string }
  | { readonly kind: "spacer"; readonly url: string }
  | { readonly kind: "none" };

export function imageAddress(raw: string, rules: AddressRules): ImageAddress {
  const trimmed = raw.trim();
  if (SPACER.test(trimmed)) return { kind: "spacer", url: trimmed };
  if (/^(blob|data):/i.test(trimmed)) return { kind: "made here", url: trimmed };
  const url = parse(trimmed, rules.base);
  if (!url) return { kind: "none" };
  const address = url.origin + url.pathname;
  const isPlain = !url.search && !url.username && cleanPath(url, rules) === url.pathname;
  return { kind: isPlain ? "plain" : "opaque", url: isPlain ? address : url.href };
}

/** The candidates of a `srcset`, each with its descriptor. */
export function readSrcset(text: string): { readonly url: string; readonly descriptor: string }[] {
  const found: { url: string; descriptor: string }[] = [];
  let at = 0;
  while (at < text.length) {
    while (at < text.length && /[\s,]/.test(text.charAt(at))) at++;
    const start = at;
    while (at < text.length && !/\s/.test(text.charAt(at))) at++;
    const word = text.slice(start, at);
    const url = word.replace(/,+$/, "");
    let descriptor = "";
    if (url === word) {
      const from = at;
      while (at < text.length && text[at] !== ",") at++;
      descriptor = text.slice(from, at).trim();
    }
    if (url) found.push({ url, descriptor: /^\d+(\.\d+)?[wx]$/.test(descriptor) ? descriptor : "" });
  }
  return found;
}
