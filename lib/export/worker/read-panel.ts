import * as Y from "yjs";
import { pinNumbers } from "@/lib/panel/describe";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { compareMarks, type Mark } from "@/lib/panel/mark";
import { type Item, marksOf, readItems, readMark } from "@/lib/panel/schema";

export interface ItemWithMarks {
  readonly item: Item;
  /** In painting order. */
  readonly marks: readonly Mark[];
  /** Numbers of pins as shown. */
  readonly pins: ReadonlyMap<string, number>;
}

/** The panel as everybody sees it. One walk over the marks, whatever the number of items. */
export function readPanel(updates: readonly Uint8Array[]): ItemWithMarks[] {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const byItem = new Map<string, Mark[]>();
  for (const [id, value] of marksOf(doc)) {
    const mark = readMark(id, value);
    if (!mark) continue;
    const known = byItem.get(mark.item);
    if (known) known.push(mark);
    else byItem.set(mark.item, [mark]);
  }
  return readItems(doc).map((item) => {
    const marks = (byItem.get(item.id) ?? []).sort(compareMarks).slice(0, MAX_MARKS_PER_ITEM);
    return { item, marks, pins: pinNumbers(marks) };
  });
}
