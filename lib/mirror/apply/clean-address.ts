/** Addresses that the replica may name. Whether they are loaded is up to the desk page's own policy. */

export type Address =
  | { readonly as: "plain"; readonly url: string }
  /** Served by the customer's browser, under a key. */
  | { readonly as: "asset"; readonly key: string };

const KEY = /^asset:[\w:.-]{1,180}$/;
/** Pictures and typefaces inside a sheet or attribute: as images even SVG runs nothing and loads nothing. */
const DATA = /^data:(image\/|font\/|application\/(x-)?font-)/i;

/** Absolute addresses only: others would start from the desk's. */
export function readAddress(raw: string): Address | null {
  const text = raw.trim();
  if (KEY.test(text)) return { as: "asset", key: text };
  if (DATA.test(text)) return { as: "plain", url: text };
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.username || url.password ? null : { as: "plain", url: url.href };
  } catch {
    return null;
  }
}

/** Candidates of a `srcset` as they may be named; `find` gives an asset's object URL. */
export function cleanSrcset(text: string, resolve: (raw: string) => string | null): string {
  const told: string[] = [];
  for (const [, raw, descriptor] of text.matchAll(/([^\s,]\S*[^\s,])(?:\s+(\d+(?:\.\d+)?[wx]))?/g)) {
    const url = raw === undefined ? null : resolve(raw);
    if (url !== null) told.push(descriptor ? `${url} ${descriptor}` : url);
  }
  return told.join(", ");
}
