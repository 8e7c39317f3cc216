/**
 * What the viewers have been told, node by node: changes are found by comparing the page with it, and a `full` for somebody
 * who comes late is written from it without asking the page. Nothing here outlives a node that is told no more.
 */

import type { Scope } from "../masking/scope";
import type { AnimationRow, FieldRow, NodeId, NodeRow } from "../wire/page-message";
import type { SentSheet } from "./sent-sheet";

export interface SentNode {
  readonly id: NodeId;
  readonly node: Node;
  /** As it was told, but for attributes. */
  row: NodeRow;
  /** In whose list it stands, or whose root it is. */
  parent: SentNode | null;
  /** What holds around it, and inside it. */
  readonly around: Scope;
  readonly scope: Scope;
  readonly depth: number;
  children: readonly SentNode[];
  /** Shadow root, or document of a frame. */
  root: SentNode | null;
  readonly attributes: Map<string, string>;
  readonly told: Told;
}

/** What only some nodes have. */
interface Told {
  field?: FieldRow;
  scroll?: readonly [number, number];
  picture?: string;
  animations?: readonly AnimationRow[];
  /** Of a `link` or `style`. */
  sheet?: SentSheet;
  /** Of a document or shadow root: constructed sheets in order. */
  adopted?: readonly SentSheet[];
}

export interface SentTree {
  readonly size: number;
  /** Documents and shadow roots. */
  readonly roots: ReadonlySet<SentNode>;
  readonly frames: ReadonlySet<SentNode>;
  readonly boxes: ReadonlySet<SentNode>;
  /** For which a rule holds that does not hold around them. */
  readonly special: ReadonlySet<SentNode>;
  /** Canvases and videos: what they show is in no node. */
  readonly canvases: ReadonlySet<SentNode>;
  /** By scripts; whoever tells them keeps this. */
  readonly animated: Set<SentNode>;
  /** Of style sheets. */
  readonly sheetOwners: ReadonlySet<SentNode>;
  all(): IterableIterator<SentNode>;
  of(node: Node): SentNode | undefined;
  byId(id: NodeId): SentNode | undefined;
  /** The same again for what has had one in this epoch. */
  idOf(thing: object): NodeId;
  add(node: SentNode): SentNode;
  /** Its node will be told anew, under another id. */
  disown(node: SentNode): void;
  /** It and everything in it is told no more. */
  kill(node: SentNode): void;
}

export function openSentTree(onGone: (node: SentNode) => void): SentTree {
  const ids = new WeakMap<object, NodeId>();
  const byNode = new WeakMap<Node, SentNode>();
  const byId = new Map<NodeId, SentNode>();
  const roots = new Set<SentNode>();
  const frames = new Set<SentNode>();
  const boxes = new Set<SentNode>();
  const sheetOwners = new Set<SentNode>();
  const special = new Set<SentNode>();
  const canvases = new Set<SentNode>();
  const animated = new Set<SentNode>();
  let last = 0;
  const setsOf = ({ row, around, scope }: SentNode): Set<SentNode>[] => {
    const sets: Set<SentNode>[] = [];
    if (row[1] === 9 || row[1] === 11) sets.push(roots);
    if (row[1] === 2) sets.push(boxes);
    if (around !== scope) sets.push(special);
    if (row[1] === 1 && (row[2] === "canvas" || row[2] === "video")) sets.push(canvases);
    if (row[1] === 4) sets.push(sheetOwners);
    if (row[1] === 1 && row[2] === "iframe") sets.push(frames);
    return sets;
  };
  return {
    get size() {
      return byId.size;
    },
    roots,
    frames,
    boxes,
    sheetOwners,
    special,
    canvases,
    animated,
    all: () => byId.values(),
    of: (node) => byNode.get(node),
    byId: (id) => byId.get(id),
    idOf(thing) {
      const known = ids.get(thing) ?? ++last;
      ids.set(thing, known);
      return known;
    },
    add(sent) {
      byNode.set(sent.node, sent);
      byId.set(sent.id, sent);
      for (const set of setsOf(sent)) set.add(sent);
      return sent;
    },
    disown(sent) {
      ids.delete(sent.node);
      byNode.delete(sent.node);
    },
    kill(sent) {
      const waiting = [sent];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        byId.delete(next.id);
        if (byNode.get(next.node) === next) byNode.delete(next.node);
        for (const set of setsOf(next)) set.delete(next);
        animated.delete(next);
        for (const child of next.children) if (child.parent === next) waiting.push(child);
        if (next.root) waiting.push(next.root);
        onGone(next);
      }
    },
  };
}
