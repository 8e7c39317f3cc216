/**
 * Taking an item off the panel, and putting it back as the same one: with its id, its place in the strip and its marks,
 * shown and compared as before. Only the server writes items; both sides ask here who may take one off.
 */
import * as Y from "yjs";
import type { ItemId, ParticipantId } from "@/lib/protocol/ids";
import type { Rights } from "@/lib/protocol/roles";
import { compareItems, type Origin, removeItem, showItem } from "./commands";
import { readComparison, type StoredComparison } from "./comparison";
import { MAX_MARKS_PER_ITEM } from "./limits";
import { type Playback, parsePlayback, pausedAt, playbackKey, positionAt } from "./playback";
import { type Item, itemsOf, marksOf, readItem, readItems, readShown, stageOf } from "./schema";

type Fields = Readonly<Record<string, unknown>>;

/** An item as it lay on the panel. */
export interface TakenOff {
  readonly id: ItemId;
  readonly item: Fields;
  /** By their ids; grows by what others drew before they knew. */
  readonly marks: Map<string, Fields>;
  readonly wasShown: boolean;
  /** That its going ended, from what was shown. */
  readonly comparison: StoredComparison | null;
  /** Of a video that somebody has touched, paused where it was. */
  readonly playback: Playback | null;
  /** What is shown since. */
  readonly shownInstead: ItemId | null;
}

/** Who leads takes off anything, others what they put there themselves. */
export function mayTakeOff(item: Pick<Item, "addedBy">, rights: Rights, you: ParticipantId | null): boolean {
  return rights.show && (rights.lead || (you !== null && item.addedBy === you));
}

/**
 * Takes the item and its marks off; when it was shown, the newest one left is shown instead.
 * @param now the server's clock, milliseconds since 1970
 * @returns null when there is no such item
 */
export function takeOff(doc: Y.Doc, origin: Origin, id: ItemId, now: number): TakenOff | null {
  const entry = itemsOf(doc).get(id);
  const item = readItem(id, entry);
  if (item === null || !(entry instanceof Y.Map)) return null;
  const shown = readShown(doc);
  const compared = readComparison(doc);
  const before = {
    id,
    item: entry.toJSON(),
    marks: new Map<string, Fields>(),
    wasShown: shown === id,
    comparison:
      shown && compared && (shown === id || compared.with === id) ? { ...compared, item: shown } : null,
    playback: playbackOf(doc, item, now),
  };
  for (const [markId, value] of marksOf(doc)) addTakenMark(before.marks, id, markId, value);
  doc.transact(() => {
    removeItem(doc, origin, id);
    const last = readItems(doc).at(-1);
    if (before.wasShown && last) showItem(doc, origin, last.id);
  }, origin);
  return { ...before, shownInstead: readShown(doc) };
}

/** Keeps a mark with the item it lies on, unless that is another, or holds as many as it may. */
export function addTakenMark(marks: Map<string, Fields>, item: ItemId, markId: string, value: unknown): void {
  if (!(value instanceof Y.Map) || value.get("item") !== item) return;
  if (marks.size < MAX_MARKS_PER_ITEM) marks.set(markId, value.toJSON());
}

/** Nothing when it is there already. What somebody has turned to since stays shown. */
export function putBack(doc: Y.Doc, origin: Origin, taken: TakenOff): void {
  const { id, item, marks, wasShown, comparison, playback, shownInstead } = taken;
  if (itemsOf(doc).has(id)) return;
  doc.transact(() => {
    const turnedAway = readShown(doc) !== shownInstead || stageOf(doc).has("compare");
    itemsOf(doc).set(id, new Y.Map(Object.entries(item)));
    for (const [markId, fields] of marks) {
      if (!marksOf(doc).has(markId)) marksOf(doc).set(markId, new Y.Map(Object.entries(fields)));
    }
    if (playback) stageOf(doc).set(playbackKey(id), { ...playback });
    if (turnedAway) return;
    if (comparison && itemsOf(doc).has(comparison.item) && itemsOf(doc).has(comparison.with))
      compareItems(doc, origin, comparison);
    else if (wasShown) showItem(doc, origin, id);
  }, origin);
}

/** Bytes that putting it back adds to a document. */
export function bytesOf(taken: TakenOff): number {
  const scratch = new Y.Doc();
  putBack(scratch, { name: "scratch" }, taken);
  const { length } = Y.encodeStateAsUpdate(scratch);
  scratch.destroy();
  return length;
}

function playbackOf(doc: Y.Doc, { id, duration }: Item, now: number): Playback | null {
  const playback = parsePlayback(stageOf(doc).get(playbackKey(id)));
  if (playback === null || duration === null) return null;
  return pausedAt(playback, positionAt(playback, now, duration));
}
