/**
 * Ids as they travel in `n` and `k`: each as its distance from the one before. A page's nodes are numbered as they are met,
 * so the distances are small and alike, and gzip makes next to nothing of them: a page of 3,500 nodes is 8 KB instead of 30.
 *
 * `n`: a row's id from the row's before, the first from 0. `k`: an owner from the owner before, the first from 0; a child
 * from the entry before it, the first from its owner.
 */
import type { NodeId, NodeRow, Splice } from "./page-message";

/** Rows of `n` as they travel: no `NodeRow` any more, though it looks like one. */
export function relativeRows(rows: readonly NodeRow[]): unknown[] {
  let id = 0;
  return rows.map((row) => {
    const distance = row[0] - id;
    id = row[0];
    return [distance, ...row.slice(1)];
  });
}

/** Splices of `k` as they travel. */
export function relativeSplices(splices: readonly Splice<NodeId>[]): unknown[] {
  let owner = 0;
  return splices.map(([id, start, deleted, ...children]) => {
    const distance = id - owner;
    let before = id;
    owner = id;
    const distances = children.map((child) => {
      const from = before;
      before = child;
      return child - from;
    });
    return [distance, start, deleted, ...distances];
  });
}

/** What came, as far as is looked at here. */
interface Travelling {
  readonly n?: number[][];
  readonly k?: number[][];
}

/**
 * What came, with its ids again, in place.
 * @param value parsed JSON of anybody's: whether the ids are any is for whoever checks forms
 * @throws TypeError for what has no rows where they should be
 */
export function fromRelativeIds<Value extends Travelling>(value: Value): Value {
  const { n = [], k = [] } = value;
  let id = 0;
  for (const row of n) {
    id += row[0] ?? 0;
    row[0] = id;
  }
  id = 0;
  for (const row of k) {
    id += row[0] ?? 0;
    row[0] = id;
    let child = id;
    for (let at = 3; at < row.length; at++) {
      child += row[at] ?? 0;
      row[at] = child;
    }
  }
  return value;
}
