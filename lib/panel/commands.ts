/**
 * Changing the panel's document: one function an intention, one transaction each, with the caller's origin, so that
 * undo knows whose it was. Items are the server's to write; clients write marks and the stage.
 */
import * as Y from "yjs";
import type { ItemId, MarkId } from "@/lib/protocol/ids";
import { parseComparison, type StoredComparison } from "./comparison";
import type { Mark } from "./mark";
import { type Playback, playbackKey } from "./playback";
import { type Item, itemsOf, marksOf, type RestingView, readMark, stageOf } from "./schema";

/** Names who made a change; compared by identity. */
export interface Origin {
  readonly name: string;
}

const mapOf = (entries: object): Y.Map<unknown> =>
  new Y.Map(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined));

/** The server lays an item on the panel, unless it is there already; what is shown stays. */
export function layItem(doc: Y.Doc, origin: Origin, item: Item): void {
  if (itemsOf(doc).has(item.id)) return;
  doc.transact(() => itemsOf(doc).set(item.id, mapOf(item)), origin);
}

/** The server puts an item on the panel and shows it. An item that is there already is only shown. */
export function putItem(doc: Y.Doc, origin: Origin, item: Item): void {
  doc.transact(() => {
    layItem(doc, origin, item);
    showAlone(doc, item.id);
  }, origin);
}

/** The server takes an item off the panel, with its marks. */
export function removeItem(doc: Y.Doc, origin: Origin, id: ItemId): void {
  doc.transact(() => {
    itemsOf(doc).delete(id);
    for (const [markId, value] of marksOf(doc)) {
      if (value instanceof Y.Map && value.get("item") === id) marksOf(doc).delete(markId);
    }
    if (stageOf(doc).get("shown") === id) stageOf(doc).delete("shown");
    const compared = parseComparison(stageOf(doc).get("compare"));
    if (compared?.item === id || compared?.with === id) stageOf(doc).delete("compare");
    if (stageOf(doc).has(playbackKey(id))) stageOf(doc).delete(playbackKey(id));
  }, origin);
}

export function addMark(doc: Y.Doc, origin: Origin, mark: Mark): void {
  const { number, text, points, ...rest } = mark;
  const entries = { ...rest, points, ...(text ? { text } : {}), ...(number ? { number } : {}) };
  doc.transact(() => marksOf(doc).set(mark.id, mapOf(entries)), origin);
}

export type MarkChange = Partial<Pick<Mark, "x" | "y" | "w" | "h" | "color" | "width" | "text" | "points">>;

/** Writes only what differs, so that two people changing different properties of one mark both keep their change. */
export function changeMarks(doc: Y.Doc, origin: Origin, changes: ReadonlyMap<MarkId, MarkChange>): void {
  doc.transact(() => {
    for (const [id, change] of changes) {
      const map = marksOf(doc).get(id);
      if (!(map instanceof Y.Map)) continue;
      for (const [key, value] of Object.entries(change)) {
        if (map.get(key) !== value) map.set(key, value);
      }
    }
  }, origin);
}

export function removeMarks(doc: Y.Doc, origin: Origin, ids: Iterable<MarkId>): void {
  doc.transact(() => {
    for (const id of ids) if (marksOf(doc).has(id)) marksOf(doc).delete(id);
  }, origin);
}

/** Shows one item, which ends a comparison. */
export function showItem(doc: Y.Doc, origin: Origin, id: ItemId): void {
  if (stageOf(doc).get("shown") === id && !stageOf(doc).has("compare")) return;
  doc.transact(() => showAlone(doc, id), origin);
}

function showAlone(doc: Y.Doc, id: ItemId): void {
  const stage = stageOf(doc);
  if (stage.get("shown") !== id) stage.set("shown", id);
  if (stage.has("compare")) stage.delete("compare");
}

/** Compares `comparison.item`, which is shown, with another; also changes or swaps a comparison that is there. */
export function compareItems(doc: Y.Doc, origin: Origin, comparison: StoredComparison): void {
  doc.transact(() => {
    const stage = stageOf(doc);
    if (stage.get("shown") !== comparison.item) stage.set("shown", comparison.item);
    stage.set("compare", { ...comparison });
  }, origin);
}

export function endComparison(doc: Y.Doc, origin: Origin): void {
  if (stageOf(doc).has("compare")) doc.transact(() => stageOf(doc).delete("compare"), origin);
}

/** Plays, pauses or moves a video for everybody who is together. */
export function play(doc: Y.Doc, origin: Origin, item: ItemId, playback: Playback): void {
  doc.transact(() => stageOf(doc).set(playbackKey(item), { ...playback }), origin);
}

/** Where the room rests now; a late joiner lands there. */
export function restView(doc: Y.Doc, origin: Origin, view: RestingView): void {
  doc.transact(() => stageOf(doc).set("view", { ...view }), origin);
}

/** The number of the next pin on an item. */
export function nextPinNumber(doc: Y.Doc, item: ItemId): number {
  let highest = 0;
  for (const [id, value] of marksOf(doc)) {
    const mark = readMark(id, value);
    if (mark?.kind === "pin" && mark.item === item) highest = Math.max(highest, mark.number);
  }
  return highest + 1;
}
