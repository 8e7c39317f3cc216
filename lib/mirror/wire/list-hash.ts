/** What capture and viewer compare in `check`: who missed nothing has the same children in the same order. */
import type { NodeId } from "./page-message";

/** The lists of a page are compared by this many parts, one a `check`. */
export const CHECK_SLICES = 16;

const FNV_OFFSET = 2_166_136_261;
const FNV_PRIME = 16_777_619;

/**
 * FNV-1a, a whole id a step.
 * @param lists `[parent, children]` of the parents whose id % 16 is the slice; those without children do not count
 */
export function hashLists(lists: readonly (readonly [NodeId, readonly NodeId[]])[]): number {
  let hash = FNV_OFFSET;
  const add = (id: number) => {
    hash = Math.imul(hash ^ id, FNV_PRIME);
  };
  for (const [parent, children] of lists.toSorted((a, b) => a[0] - b[0])) {
    if (children.length === 0) continue;
    add(parent);
    for (const child of children) add(child);
  }
  return hash >>> 0;
}
