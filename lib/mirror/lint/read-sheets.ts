/** The style sheets of a page that may be read, its shadow roots' too. */

export interface ReadSheet {
  /** The element it belongs to; null for constructed ones. */
  readonly owner: Element | null;
  readonly css: string;
}

/** Characters read of all sheets together. */
const MAX_CHARS = 4_000_000;
/** Sheets read, imported ones included. */
const MAX_SHEETS = 500;

export function readSheets(root: Document | ShadowRoot): ReadSheet[] {
  const read: ReadSheet[] = [];
  const host = root.nodeType === 11 && "host" in root ? root.host : null;
  const waiting: { readonly sheet: CSSStyleSheet; readonly owner: Element | null }[] = [];
  for (const sheet of [...Array.from(root.styleSheets), ...Array.from(root.adoptedStyleSheets ?? [])]) {
    const { ownerNode } = sheet;
    waiting.push({ sheet, owner: ownerNode && "localName" in ownerNode ? ownerNode : host });
  }
  let chars = 0;
  for (let next = waiting.shift(); next && read.length < MAX_SHEETS; next = waiting.shift()) {
    let css = "";
    try {
      for (const rule of Array.from(next.sheet.cssRules)) {
        if ("styleSheet" in rule && rule.styleSheet instanceof CSSStyleSheet)
          waiting.push({ sheet: rule.styleSheet, owner: next.owner });
        css += `${rule.cssText}\n`;
      }
    } catch {
      continue; // Of another origin: the page itself may not read it.
    }
    chars += css.length;
    if (chars > MAX_CHARS) break;
    read.push({ owner: next.owner, css });
  }
  return read;
}
