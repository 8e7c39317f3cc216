/** Where the page is scrolled to; said again when the replica was too short for it at first. */
import type { NodeId } from "../wire/page-message";
import { isDocument, isElement } from "./node-kinds";

export interface ScrollKeeper {
  set(id: NodeId, x: number, y: number): void;
  forget(id: NodeId): void;
  settle(): void;
  clear(): void;
}

/** Difference, in CSS pixels, that only comes from rounding. */
const SAME = 0.6;

export function openScrollKeeper(nodeOf: (id: NodeId) => Node | null | undefined): ScrollKeeper {
  const wanted = new Map<NodeId, readonly [number, number]>();
  const apply = (id: NodeId, x: number, y: number) => {
    const node = nodeOf(id);
    const target = node && isDocument(node) ? node.scrollingElement : node;
    if (!target || !isElement(target)) return;
    if (Math.abs(target.scrollLeft - x) < SAME && Math.abs(target.scrollTop - y) < SAME) return;
    target.scrollTo({ left: x, top: y, behavior: "instant" });
  };
  return {
    set(id, x, y) {
      wanted.set(id, [x, y]);
    },
    forget: (id) => void wanted.delete(id),
    settle() {
      for (const [id, [x, y]] of wanted) apply(id, x, y);
    },
    clear: () => wanted.clear(),
  };
}
