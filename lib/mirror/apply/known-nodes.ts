/** What the viewer knows of each node that a stream told: its lists are the truth, the replica's DOM follows them. */
import type { NodeId, NodeRow } from "../wire/page-message";

type NodeKind = NodeRow[1];

export interface Known {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** Null for a frame's document that is not there yet. */
  node: Node | null;
  /** Whose list it is in; 0: in none. */
  parent: NodeId;
  children: NodeId[];
  /** Its shadow root or its frame's document; 0: none. */
  root: NodeId;
  /** Of a shadow root or document: the element that holds it; 0: none. */
  host: NodeId;
  /** Of a document. */
  isQuirks: boolean;
}

/** The stream names what was never told, or asks for what cannot be: only a new `full` helps. Nobody reads a reason. */
export class Lost extends DOMException {}

export interface KnownNodes {
  get(id: NodeId): Known | undefined;
  /** @throws Lost */
  need(id: NodeId): Known;
  idOf(node: Node): NodeId | undefined;
  add(known: Known): void;
  /** Remembers which node stands for it now. */
  place(known: Known, node: Node): void;
  delete(id: NodeId): void;
  all(): Iterable<Known>;
  /** Documents and shadow roots. */
  roots(): readonly Known[];
  readonly size: number;
  /** Forgets all, and gives what was known. */
  reset(): ReadonlyMap<NodeId, Known>;
}

export function openKnownNodes(): KnownNodes {
  let byId = new Map<NodeId, Known>();
  let ids = new WeakMap<Node, NodeId>();
  const roots = new Map<NodeId, Known>();
  return {
    get: (id) => byId.get(id),
    need(id) {
      const known = byId.get(id);
      if (!known) throw new Lost();
      return known;
    },
    idOf: (node) => ids.get(node),
    add(known) {
      byId.set(known.id, known);
      if (known.kind === 9 || known.kind === 11) roots.set(known.id, known);
      if (known.node) ids.set(known.node, known.id);
    },
    place(known, node) {
      known.node = node;
      ids.set(node, known.id);
    },
    delete(id) {
      byId.delete(id);
      roots.delete(id);
    },
    all: () => byId.values(),
    roots: () => [...roots.values()],
    get size() {
      return byId.size;
    },
    reset() {
      const before = byId;
      byId = new Map();
      ids = new WeakMap();
      roots.clear();
      return before;
    },
  };
}
