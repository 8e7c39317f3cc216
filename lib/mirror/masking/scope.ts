/** What rules say about an element and everything inside it, as bits; inherited through shadow hosts and frames. */
import { isNamedSecret } from "./field-kind";
import type { Policy } from "./policy";
import type { DomReader } from "./read-dom";

/** A set of the bits below. */
export type Scope = number;
export const HIDE = 1;
export const MASK = 2;
export const SHOW = 4;
/** Inside what the customer edits in place. */
export const EDIT = 8;
/** Inside an editable that is a secret field. */
export const DENY = 16;
export const NO_CONTROL = 32;

/** The attribute by which a shop's own page says the same as a rule: `data-vetrina-mirror="mask"`. */
const MARK_ATTRIBUTE = "data-vetrina-mirror";
const MARKS: Readonly<Record<string, Scope>> = {
  hide: HIDE,
  mask: MASK,
  show: SHOW,
  "no-control": NO_CONTROL,
};

/** What an element's own marks and the site's rules add to what holds around it. Bits are only ever added. */
export function ownScope(reader: DomReader, policy: Policy, element: Element): Scope {
  let scope = policy.masksAll ? MASK : 0;
  const mark = reader.attribute(element, MARK_ATTRIBUTE);
  // A word we do not know was meant to protect.
  if (mark !== null) for (const word of mark.split(/\s+/)) scope |= MARKS[word.toLowerCase()] ?? MASK;
  try {
    if (policy.hide && reader.matches(element, policy.hide)) scope |= HIDE;
    if (policy.mask && reader.matches(element, policy.mask)) scope |= MASK;
    if (policy.noControl && reader.matches(element, policy.noControl)) scope |= NO_CONTROL;
    if (policy.show && reader.matches(element, policy.show)) scope |= SHOW;
  } catch {
    scope |= MASK | NO_CONTROL;
  }
  const tag = reader.tag(element);
  if (isEditable(reader, element, tag)) scope |= isNamedSecret(reader, element) ? EDIT | DENY : EDIT;
  // Showing these would be showing everything.
  if (tag === "html" || tag === "body") scope &= ~SHOW;
  return scope;
}

function isEditable(reader: DomReader, element: Element, tag: string): boolean {
  // What stands between its tags is what was written there first.
  if (tag === "textarea") return true;
  const editable = reader.attribute(element, "contenteditable");
  if (editable !== null && editable.toLowerCase() !== "false") return true;
  if (/^(textbox|searchbox)$/i.test(reader.attribute(element, "role")?.trim() ?? "")) return true;
  return tag === "html" && reader.isDesigned(element);
}

/** Elements above one: more is no page. */
const MAX_DEPTH = 5_000;

/** The elements that hold an element, itself first. */
export function chainOf(reader: DomReader, element: Element): Element[] | null {
  const chain: Element[] = [];
  for (let node: Node | null = element; node; node = reader.parent(node)) {
    if (reader.kind(node) === 1) chain.push(node as Element);
    if (chain.length > MAX_DEPTH) return null;
  }
  return chain;
}
