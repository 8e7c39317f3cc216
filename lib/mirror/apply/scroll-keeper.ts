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
const SAME = 1;

export function openScrollKeeper(nodeOf: (id: NodeId) => Node | null | undefined): ScrollKeeper {
  /** Only what is not where it has to be: looking costs a layout. */
  const wanted = new Map<NodeId, readonly [number, number]>();
  const apply = (id: NodeId, [left, top]: readonly [number, number]) => {
    const node = nodeOf(id);
    const target = node && isDocument(node) ? node.scrollingElement : node;
    if (!target || !isElement(target)) return;
    target.scrollTo({ left, top, behavior: "instant" });
    if (Math.abs(target.scrollLeft - left) < SAME && Math.abs(target.scrollTop - top) < SAME)
      wanted.delete(id);
  };
  return {
    set(id, x, y) {
      wanted.set(id, [x, y]);
    },
    forget: (id) => void wanted.delete(id),
    settle() {
      for (const [id, place] of wanted) apply(id, place);
    },
    clear: () => wanted.clear(),
  };
}
