/** Children: as splices against what was told. Bounded by time; what is not reached stays dirty. */
import type { Context } from "./context";
import { addNode, describeNode } from "./describe-node";
import { diffLists } from "./list-diff";
import { isDocument, isElement } from "./page-dom";
import type { SentNode } from "./sent-tree";

/** Before names of states. */
const COLON = 58;

/** What children stand in: fields tell what is typed in another way, and of a box nothing is told. */
const isParent = ({ row }: SentNode) =>
  row[1] !== 2 && row[1] !== 3 && row[1] !== 4 && !(row[1] === 1 && row[2] === "textarea");

/** First what has gone, everywhere: so that what only moved is in no two lists at once. */
export function tellRemovals(context: Context): void {
  const { dom, dirty } = context;
  for (const parent of dirty.lists) {
    const kept = parent.children.filter(
      ({ node }) => dom.parentNode(node) === parent.node && !context.isOurs(node),
    );
    if (kept.length < parent.children.length) setChildren(context, parent, kept);
  }
}

/** @returns whether everything was reached */
export function tellLists(context: Context): boolean {
  const { dirty, tree } = context;
  for (const parent of dirty.lists) {
    if (!context.hasTime()) return false;
    dirty.lists.delete(parent);
    dirty.continuing.delete(parent);
    if (tree.byId(parent.id) === parent && isParent(parent) && !tellChildren(context, parent)) return false;
  }
  for (const [parent, after] of dirty.continuing) {
    if (!context.hasTime()) return false;
    dirty.continuing.delete(parent);
    if (!tellChildren(context, parent, after)) return false;
  }
  for (let parent = dirty.opening.at(-1); parent; parent = dirty.opening.at(-1)) {
    if (!context.hasTime()) return false;
    dirty.opening.pop();
    if (tree.byId(parent.id) !== parent || !isParent(parent)) continue;
    if (!tellChildren(context, parent)) return false;
  }
  return true;
}

/** Those who ended up in no list are dead. */
export function buryLoose({ dirty, tree }: Context): void {
  for (const sent of dirty.loose) if (!sent.parent) tree.kill(sent);
  dirty.loose.clear();
}

/** @param after the child up to which they are told already */
function tellChildren(context: Context, parent: SentNode, after: Node | null = null): boolean {
  const { dom, tree, dirty } = context;
  const wanted: SentNode[] = after ? [...parent.children] : [];
  const fresh: SentNode[] = [];
  let isDone = true;
  let last = after;
  for (
    let node = after ? dom.nextSibling(after) : dom.firstChild(parent.node);
    node;
    last = node, node = dom.nextSibling(node)
  ) {
    let child = tree.of(node);
    if (child && child.parent !== parent) {
      if (child.parent) leave(context, child, child.parent);
      if (child.around !== parent.scope) {
        tree.disown(child);
        child = undefined;
      }
    }
    if (!child) {
      if (fresh.length > 0 && !context.hasTime()) {
        isDone = false;
        break;
      }
      const described = describeNode(context, node, parent);
      if (!described) continue;
      context.draft.n.push(rowOf(described));
      tellExtras(context, described);
      fresh.push(described);
      child = described;
    }
    wanted.push(child);
  }
  if (!isDone) {
    const told = wanted.length;
    const reached = new Set(wanted);
    for (const child of parent.children)
      if (child.parent === parent && !reached.has(child)) wanted.push(child);
    // With old ones behind, places do not correspond: then from the start again.
    if (last && wanted.length === told) dirty.continuing.set(parent, last);
    else dirty.lists.add(parent);
  }
  setChildren(context, parent, wanted);
  tellRoot(context, parent);
  for (let i = fresh.length - 1; i >= 0; i--) {
    const child = fresh[i];
    if (child && isParent(child)) dirty.opening.push(child);
  }
  return isDone;
}

/** Elements' attributes stand in their rows, as the wire wants them; here they are kept by name. */
export function rowOf({ row, attributes }: SentNode): SentNode["row"] {
  if (row[1] !== 1 || attributes.size === 0) return row;
  const pairs: string[] = [];
  for (const [name, value] of attributes) if (name.charCodeAt(0) !== COLON) pairs.push(name, value);
  return [row[0], 1, row[2], row[3], pairs];
}

function tellExtras({ draft }: Context, { id, told }: SentNode): void {
  if (told.field) draft.v.push(told.field);
  if (told.scroll) draft.s.push([id, ...told.scroll]);
  if (told.picture) draft.p.push([id, "", told.picture]);
}

function leave(context: Context, child: SentNode, parent: SentNode): void {
  setChildren(
    context,
    parent,
    parent.children.filter((one) => one !== child),
  );
}

function setChildren({ draft, dirty }: Context, parent: SentNode, wanted: readonly SentNode[]): void {
  const diff = diffLists(parent.children, wanted);
  if (!diff) return;
  const { start, deleted, end } = diff;
  const ids: number[] = [];
  for (const gone of parent.children.slice(start, start + deleted)) {
    gone.parent = null;
    dirty.loose.add(gone);
  }
  for (const come of wanted.slice(start, end)) {
    come.parent = parent;
    dirty.loose.delete(come);
    ids.push(come.id);
  }
  draft.k.push([parent.id, start, deleted, ...ids]);
  parent.children = wanted;
}

/** Shadow root of a host, document of a frame. */
function tellRoot(context: Context, host: SentNode): void {
  const { dom, draft, dirty } = context;
  if (host.row[1] !== 1 || !isElement(dom, host.node)) return;
  const node = dom.shadow(host.node) ?? context.closedRoots.get(host.node) ?? dom.frame(host.node);
  if ((node ?? undefined) === host.root?.node) return;
  if (host.root) {
    host.root.parent = null;
    dirty.loose.add(host.root);
    host.root = null;
  }
  if (!node) return void draft.h.push([host.id, 0]);
  context.meet(node);
  const root = addNode(context, node, host, host.scope, (id) =>
    isDocument(dom, node) ? [id, 9, dom.isQuirky(node) ? 1 : 0] : [id, 11],
  );
  root.parent = host;
  host.root = root;
  draft.n.push(root.row);
  if (isDocument(dom, node)) dirty.scrolls.add(root);
  draft.h.push([host.id, root.id]);
  dirty.opening.push(root);
}
