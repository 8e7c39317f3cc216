/** Lists first, DOM after: splices change the lists, then each changed parent is brought to its list. */
import type { NodeId, Splice } from "../wire/page-message";
import { type Known, type KnownNodes, Lost } from "./known-nodes";
import { MAX_DEPTH } from "./limits";

/** A long list as arguments of `splice` would overflow the stack. */
export function spliced<Entry>(
  list: readonly Entry[],
  start: number,
  deleted: number,
  coming: readonly Entry[],
): Entry[] {
  if (start + deleted > list.length) throw new Lost();
  return [...list.slice(0, start), ...coming, ...list.slice(start + deleted)];
}

/** @returns nodes that left a list; those that came into no other are dead */
export function spliceLists(nodes: KnownNodes, splices: readonly Splice<NodeId>[]): Set<NodeId> {
  const left = new Set<NodeId>();
  for (const [owner, start, deleted, ...coming] of splices) {
    const parent = nodes.need(owner);
    if (parent.kind !== 1 && parent.kind !== 9 && parent.kind !== 11) throw new Lost();
    const going = parent.children.slice(start, start + deleted);
    parent.children = spliced(parent.children, start, deleted, coming);
    for (const id of going) {
      const child = nodes.need(id);
      if (child.parent === owner) child.parent = 0;
      left.add(id);
    }
    for (const id of coming) {
      const child = nodes.need(id);
      if (child.kind === 9 || child.kind === 11) throw new Lost();
      child.parent = owner;
    }
  }
  return left;
}

/** @throws Lost for trees that are too deep, or that have no end */
export function requireDepth(nodes: KnownNodes, from: Known): void {
  let depth = 0;
  for (let at: Known | undefined = from; at; at = nodes.get(at.parent || at.host)) {
    if (++depth > MAX_DEPTH) throw new Lost();
  }
}

/** Puts a node where it belongs, keeping its scroll, frames and animations where the browser can. */
function move(parent: Node, child: Node, before: Node | null): void {
  if (
    "moveBefore" in parent &&
    typeof parent.moveBefore === "function" &&
    child.isConnected &&
    parent.isConnected
  ) {
    try {
      parent.moveBefore(child, before);
      return;
    } catch {
      // Into another document: only a plain insertion does.
    }
  }
  parent.insertBefore(child, before);
}

export function reconcile(nodes: KnownNodes, parent: Known): void {
  const { node } = parent;
  if (!node) return;
  const wanted = new Set<Node>();
  const children: Node[] = [];
  for (const id of parent.children) {
    const child = nodes.get(id)?.node;
    if (!child || nodes.get(id)?.parent !== parent.id || wanted.has(child)) continue;
    wanted.add(child);
    children.push(child);
  }
  for (let at = node.firstChild; at; ) {
    const next: ChildNode | null = at.nextSibling;
    // A doctype is in no list.
    if (at.nodeType !== Node.DOCUMENT_TYPE_NODE && !wanted.has(at)) at.remove();
    at = next;
  }
  let before: Node | null = null;
  for (const child of children.reverse()) {
    if (child.parentNode !== node || child.nextSibling !== before) move(node, child, before);
    before = child;
  }
}
