/** One document, bound: its items, what is shown, its marks, and our undo. Made anew when the document is replaced. */
import type * as Y from "yjs";
import type { Origin } from "@/lib/panel/commands";
import { type Comparison, readComparison, sameComparison } from "@/lib/panel/comparison";
import { type Item, itemsOf, readItems, readShown, stageOf } from "@/lib/panel/schema";
import { openUndo, type Undo } from "@/lib/panel/undo";
import type { ItemId } from "@/lib/protocol/ids";
import { type Cell, cell } from "./cell";
import { type MarkStore, openMarkStore } from "./mark-store";

interface StageContent {
  readonly shown: ItemId | null;
  /** What the shown item is compared with. */
  readonly comparison: Comparison | null;
}

export interface DocumentBinding {
  readonly doc: Y.Doc;
  /** Origin of our marks: what undo takes back. */
  readonly origin: Origin;
  /** Origin of what we do to the stage: never undone. */
  readonly stageOrigin: Origin;
  readonly items: Cell<readonly Item[]>;
  /** What everybody is meant to see: one value, so that nobody sees half of a change. */
  readonly stage: Cell<StageContent>;
  readonly marks: MarkStore;
  readonly undo: Undo;
  close(): void;
}

export function bindDocument(doc: Y.Doc): DocumentBinding {
  const origin: Origin = { name: "panel" };
  const stageOrigin: Origin = { name: "panel-stage" };
  const items = cell<readonly Item[]>(readItems(doc));
  const read = (): StageContent => ({ shown: readShown(doc), comparison: readComparison(doc) });
  const stage = cell(read());
  const marks = openMarkStore(doc);
  const undo = openUndo(doc, origin);

  const onStage = () => {
    const next = read();
    const { shown, comparison } = stage.get();
    if (next.shown !== shown || !sameComparison(next.comparison, comparison)) stage.set(next);
  };
  const onItems = () => {
    items.set(readItems(doc));
    onStage();
  };
  itemsOf(doc).observeDeep(onItems);
  stageOf(doc).observe(onStage);

  return {
    doc,
    origin,
    stageOrigin,
    items,
    stage,
    marks,
    undo,
    close() {
      itemsOf(doc).unobserveDeep(onItems);
      stageOf(doc).unobserve(onStage);
      marks.close();
      undo.close();
    },
  };
}
