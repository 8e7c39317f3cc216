/** A node as it is told: through the gate, without its children. Null for what is not told at all. */
import type { Scope } from "../masking/scope";
import type { FieldRow, NodeRow } from "../wire/page-message";
import type { Context } from "./context";
import { describeBox } from "./describe-box";
import { isElement } from "./page-dom";
import { newSheet } from "./sent-sheet";
import type { SentNode } from "./sent-tree";

/** Elements above one; more is no page, and browsers themselves stumble. */
const MAX_DEPTH = 1_000;
/** Nodes of a page that are mirrored: three times a large shop's page. */
const MAX_NODES = 50_000;
/** Characters of one text. */
const MAX_TEXT_CHARS = 200_000;
const TEXT = 3;
const CDATA = 4;
const SPACES = { html: 0, svg: 1, math: 2, other: 0 } as const;
/** Attributes whose relative addresses start from their own document. */
const ADDRESSES = /^(src|srcset|href|xlink:href|poster|background|style)$/;
/** Not shown by any browser, but rules that count children count them. */
const UNSEEN = /^(script|noscript|template|link|meta|style)$/;

export function describeNode(context: Context, node: Node, parent: SentNode): SentNode | null {
  const { dom, gate, tree } = context;
  const kind = dom.kind(node);
  const where = parent.row[1] === 1 ? parent.row[2] : "";
  if (tree.size > MAX_NODES) return null;
  if (kind === TEXT || kind === CDATA) {
    if (where === "head" || where === "html" || parent.row[1] === 9) return null;
    return addNode(context, node, parent, parent.scope, (id) => [
      id,
      3,
      tellText(context, node, parent.scope),
    ]);
  }
  if (!isElement(dom, node) || context.isOurs(node)) return null;
  const scope = gate.enter(node, parent.scope);
  const tag = dom.tag(node);
  const isLink = tag === "link" && /(^|\s)stylesheet(\s|$)/i.test(dom.attribute(node, "rel") ?? "");
  if (isLink || (tag === "style" && dom.space(node) !== "math")) {
    const sent = addNode(context, node, parent, scope, (id) => [id, 4, "", 0, []]);
    sent.told.sheet = newSheet(sent.id, scope);
    context.dirty.sheets.add(sent);
    return sent;
  }
  const isTooMuch = parent.depth >= MAX_DEPTH || tree.size === MAX_NODES;
  if (isTooMuch) context.isTooHeavy = true;
  const verdict = gate.element(node, scope);
  if (verdict.as === "dropped") {
    if (where === "head" || where === "html" || !UNSEEN.test(tag) || parent.row[1] !== 1) return null;
    return addNode(context, node, parent, scope, (id) => [id, 2, "", 0, 0, "none"]);
  }
  if (isTooMuch || verdict.as !== "shown") {
    const why = isTooMuch ? "too heavy" : verdict.why;
    const box = addNode(context, node, parent, scope, (id) =>
      describeBox(context, node, id, why, parent.scope),
    );
    const picture = why === "not listed" ? boxPicture(context, node, tag, scope) : "";
    if (picture) box.told.picture = picture;
    return box;
  }
  const attributes = new Map<string, string>();
  for (const { name, value } of dom.attributes(node)) {
    const told = tellAttribute(context, node, name, value, scope);
    if (told !== null) attributes.set(name, told);
  }
  const space = SPACES[dom.space(node)];
  const sent = addNode(context, node, parent, scope, (id) => [id, 1, dom.name(node), space, []], attributes);
  const field = fieldRow(context, sent, node);
  if (field) sent.told.field = field;
  if (tag === "option" && parent) markSelect(context, parent);
  const scroll = tag === "html" || tag === "body" ? ([0, 0] as const) : dom.scrolled(node);
  if (scroll[0] || scroll[1]) sent.told.scroll = scroll;
  return sent;
}

/** Roots too: documents and shadow roots are not described, they only are. */
export function addNode(
  context: Context,
  node: Node,
  parent: SentNode | null,
  scope: Scope,
  rowOf: (id: number) => NodeRow,
  attributes: Map<string, string> = new Map(),
): SentNode {
  const { tree } = context;
  return tree.add({
    id: tree.idOf(node),
    node,
    row: rowOf(tree.idOf(node)),
    parent: null,
    around: parent?.scope ?? 0,
    scope,
    depth: (parent?.depth ?? 0) + 1,
    children: [],
    root: null,
    attributes,
    told: {},
  });
}

export function tellText({ dom, gate }: Context, node: Node, scope: Scope): string {
  return gate.text(dom.text(node).slice(0, MAX_TEXT_CHARS), scope).value;
}

/** @returns null when it may not be told */
export function tellAttribute(
  { dom, gate }: Context,
  element: Element,
  name: string,
  value: string,
  scope: Scope,
): string | null {
  const verdict = ADDRESSES.test(name)
    ? gate.attribute(element, name, value, scope, dom.baseURI(element))
    : gate.attribute(element, name, value, scope);
  return verdict.as === "shown" || verdict.as === "masked" ? verdict.value : null;
}

/** What an `object` or `embed` shows, when that is a picture. */
function boxPicture({ dom, gate, keyOf }: Context, element: Element, tag: string, scope: Scope): string {
  const name = tag === "object" ? "data" : tag === "embed" ? "src" : "";
  const address = name && dom.attribute(element, name);
  const type = dom.attribute(element, "type") ?? "";
  if (!address || !(type ? /^image\//i.test(type) : /\.(svg|png|jpe?g|gif|webp|avif)$/i.test(address)))
    return "";
  const { as, value } = gate.address(address, scope, dom.baseURI(element));
  return as === "shown" ? keyOf(value) : as === "masked" ? value : "";
}

export function fieldRow({ gate }: Context, { id, scope }: SentNode, element: Element): FieldRow | null {
  const state = gate.field(element, scope)?.state;
  switch (state?.kind) {
    case "text":
      return [id, "t", state.value];
    case "filled":
      return [id, "f", state.filled ? 1 : 0];
    case "checked":
      return [id, "c", state.checked ? 1 : 0, state.indeterminate ? 1 : 0];
    case "chosen":
      return [id, "o", ...state.chosen];
    default:
      return null;
  }
}

/** Which options are chosen is told by their places. */
function markSelect({ dirty }: Context, parent: SentNode): void {
  for (let at: SentNode | null = parent; at; at = at.parent) {
    if (at.row[1] === 1 && at.row[2] === "select") return void dirty.fields.add(at);
  }
}
