/** Finds addresses in a message. Only http and https ever become links; everything else stays text (rules CH1, CH2). */

export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/** Written out with its scheme, or starting with "www.": guessing more than that makes links nobody meant. */
const candidate = /\b(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^]+/giu;
/** Closes a sentence around the address rather than belonging to it. */
const trailing = /[.,;:!?…»”’*_~]+$/u;

export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(candidate)) {
    const shown = trimEnd(match[0]);
    const href = safeHref(shown);
    if (href === null) continue;
    if (match.index > done) parts.push({ kind: "text", text: text.slice(done, match.index) });
    parts.push({ kind: "link", text: shown, href });
    done = match.index + shown.length;
  }
  if (done < text.length) parts.push({ kind: "text", text: text.slice(done) });
  return parts;
}

/** The address to link to, or null when it is not a plain http(s) address. A name and password in it would mislead. */
export function safeHref(address: string): string | null {
  const absolute = /^www\./i.test(address) ? `https://${address}` : address;
  if (!URL.canParse(absolute)) return null;
  const url = new URL(absolute);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "") return null;
  return url.href;
}

function trimEnd(address: string): string {
  let shown = address.replace(trailing, "");
  // A closing bracket belongs to the sentence unless the address opened it.
  while (shown.endsWith(")") && count(shown, ")") > count(shown, "(")) {
    shown = shown.slice(0, -1).replace(trailing, "");
  }
  return shown;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
