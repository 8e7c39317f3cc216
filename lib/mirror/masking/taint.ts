/**
 * The backstop: what was typed into protected fields is remembered here, in the customer's own browser, and dotted out of
 * every string that leaves, wherever the page repeats it ("card ending in ..."). Not the mechanism: that is the rules.
 */
import { findCardNumbers } from "./card-number";
import { FILLED } from "./mask-text";

/** Characters that make a value worth looking for: shorter ones stand everywhere by chance. */
const MIN_CHARS = 5;
/** Values remembered, newest first: a long form with corrections has about fifty. */
const MAX_VALUES = 300;
/** Characters kept of one value. */
const MAX_VALUE_CHARS = 500;
/** What people and pages put between the characters of a number. */
const BETWEEN = /[\s\u00ad\u200b-\u200f\u2060\ufeff\-–—.,/()\\·•_]/;
const ALL_BETWEEN = new RegExp(BETWEEN, "g");

interface Secret {
  readonly needle: string;
  /** The field that holds it; 0 when several did. */
  readonly owner: number;
  /** Of a secret field: its beginnings are secret too, since echoes lag behind typing. */
  readonly denied: boolean;
}

export interface Taint {
  /** Tells what a protected field holds now. */
  note(field: object, value: string, denied: boolean): void;
  /** @param style for class names and CSS, where a plain word that somebody typed ("button") is not an echo */
  clean(text: string, style?: boolean): string;
}

const normalise = (text: string) => text.replace(ALL_BETWEEN, "").toLowerCase();

export function openTaint(): Taint {
  const current = new WeakMap<object, { readonly owner: number; readonly needle: string }>();
  let owners = 0;
  const secrets = new Map<string, Secret>();

  return {
    note(field, value, denied) {
      const needle = normalise(value.slice(0, MAX_VALUE_CHARS));
      const before = current.get(field);
      if (needle === before?.needle) return;
      const owner = before?.owner ?? ++owners;
      current.set(field, { owner, needle });
      // Still being typed: one secret, not one a key. What was replaced or emptied stays remembered.
      if (before && needle.startsWith(before.needle) && secrets.get(before.needle)?.owner === owner)
        secrets.delete(before.needle);
      if (needle.length < MIN_CHARS) return;
      const known = secrets.get(needle);
      secrets.delete(needle);
      secrets.set(needle, {
        needle,
        owner: known && known.owner !== owner ? 0 : owner,
        denied: denied || known?.denied === true,
      });
      if (secrets.size > MAX_VALUES) for (const oldest of secrets.keys()) return void secrets.delete(oldest);
    },
    clean(text, style = false) {
      if (text.length < MIN_CHARS) return text;
      let ranges = findCardNumbers(text, style);
      if (secrets.size > 0) {
        const plain = normalise(text);
        for (const secret of secrets.values()) {
          if (style && !secret.denied && /^[a-z]+$/.test(secret.needle)) continue;
          const probe = secret.denied ? secret.needle.slice(0, MIN_CHARS) : secret.needle;
          if (plain.includes(probe)) ranges = ranges.concat(findIn(text, secret, probe));
        }
      }
      return ranges.length === 0 ? text : dotOut(text, ranges);
    },
  };
}

/** Where a secret, or a beginning of it, stands in a text, spaces and dashes of the text included. */
function findIn(text: string, secret: Secret, probe: string): [number, number][] {
  const places: number[] = [];
  let plain = "";
  for (let i = 0; i < text.length; i++) {
    if (BETWEEN.test(text.charAt(i))) continue;
    const lower = text.charAt(i).toLowerCase();
    for (let k = 0; k < lower.length; k++) places.push(i);
    plain += lower;
  }
  const found: [number, number][] = [];
  for (let at = plain.indexOf(probe); at >= 0; at = plain.indexOf(probe, at + 1)) {
    let end = at + probe.length;
    while (end < plain.length && plain[end] === secret.needle[end - at]) end++;
    found.push([places[at] ?? 0, (places[end - 1] ?? text.length - 1) + 1]);
  }
  return found;
}

function dotOut(text: string, ranges: [number, number][]): string {
  ranges.sort((a, b) => a[0] - b[0]);
  let out = "";
  let done = 0;
  for (const [start, end] of ranges) {
    if (end <= done) continue;
    if (start >= done) out += text.slice(done, start) + FILLED;
    done = end;
  }
  return out + text.slice(done);
}
