/** The marks of one document, parsed once and kept current: what changed is told with the area it touches. */
import type * as Y from "yjs";
import { paintedBox } from "@/lib/panel/geometry";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { type Box, compareMarks, type Mark } from "@/lib/panel/mark";
import { itemsOf, marksOf, readMark } from "@/lib/panel/schema";
import type { ItemId, MarkId } from "@/lib/protocol/ids";

export interface MarkChanges {
  /** Areas to paint again, by item. */
  readonly areas: readonly { readonly item: ItemId; readonly box: Box }[];
  readonly added: readonly Mark[];
  readonly removed: readonly Mark[];
  /** False when the change came over the line. */
  readonly local: boolean;
  /** They came or went with the items they lie on. */
  readonly withItems: boolean;
}

export interface MarkStore {
  /** In painting order; the same array until something on the item changes. */
  of(item: ItemId): readonly Mark[];
  get(id: MarkId): Mark | undefined;
  onChange(listener: (changes: MarkChanges) => void): () => void;
  close(): void;
}

const none: readonly Mark[] = [];

export function openMarkStore(doc: Y.Doc): MarkStore {
  const source = marksOf(doc);
  const marks = new Map<string, Mark>();
  const sorted = new Map<ItemId, readonly Mark[]>();
  const listeners = new Set<(changes: MarkChanges) => void>();

  for (const [id, value] of source) {
    const mark = readMark(id, value);
    if (mark) marks.set(id, mark);
  }

  function onEvents(
    events: readonly Y.YEvent<never>[] | readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ) {
    const ids = new Set<string>();
    for (const event of events) {
      const [first] = event.path;
      if (event.path.length === 0) for (const key of event.keys.keys()) ids.add(key);
      else if (typeof first === "string") ids.add(first);
    }
    const areas: { item: ItemId; box: Box }[] = [];
    const added: Mark[] = [];
    const removed: Mark[] = [];
    for (const id of ids) {
      const before = marks.get(id);
      const after = readMark(id, source.get(id));
      if (before) {
        areas.push({ item: before.item, box: paintedBox(before) });
        sorted.delete(before.item);
        marks.delete(id);
      }
      if (after) {
        areas.push({ item: after.item, box: paintedBox(after) });
        sorted.delete(after.item);
        marks.set(id, after);
      }
      if (after && !before) added.push(after);
      if (before && !after) removed.push(before);
    }
    if (areas.length === 0) return;
    const changes = {
      areas,
      added,
      removed,
      local: transaction.local,
      withItems: new Set<unknown>(transaction.changed.keys()).has(itemsOf(doc)),
    };
    for (const listener of [...listeners]) listener(changes);
  }
  source.observeDeep(onEvents);

  return {
    of(item) {
      const known = sorted.get(item);
      if (known) return known;
      const found = [...marks.values()].filter((mark) => mark.item === item).sort(compareMarks);
      const list = found.length === 0 ? none : found.slice(0, MAX_MARKS_PER_ITEM);
      sorted.set(item, list);
      return list;
    },
    get: (id) => marks.get(id),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      source.unobserveDeep(onEvents);
      listeners.clear();
    },
  };
}
