/** One document, bound: its items, what is shown, its marks, and our undo. Made anew when the document is replaced. */
import type * as Y from "yjs";
import type { Origin } from "@/lib/panel/commands";
import { type Item, itemsOf, readItems, readShown, stageOf } from "@/lib/panel/schema";
import { openUndo, type Undo } from "@/lib/panel/undo";
import type { ItemId } from "@/lib/protocol/ids";
import { type Cell, cell } from "./cell";
import { type MarkStore, openMarkStore } from "./mark-store";

export interface DocumentBinding {
  readonly doc: Y.Doc;
  /** Origin of our marks: what undo takes back. */
  readonly origin: Origin;
  /** Origin of what we do to the stage: never undone. */
  readonly stageOrigin: Origin;
  readonly items: Cell<readonly Item[]>;
  readonly shown: Cell<ItemId | null>;
  readonly marks: MarkStore;
  readonly undo: Undo;
  close(): void;
}

export function bindDocument(doc: Y.Doc): DocumentBinding {
  const origin: Origin = { name: "panel" };
  const stageOrigin: Origin = { name: "panel-stage" };
  const items = cell<readonly Item[]>(readItems(doc));
  const shown = cell(readShown(doc));
  const marks = openMarkStore(doc);
  const undo = openUndo(doc, origin);

  const onItems = () => {
    items.set(readItems(doc));
    shown.set(readShown(doc));
  };
  const onStage = () => shown.set(readShown(doc));
  itemsOf(doc).observeDeep(onItems);
  stageOf(doc).observe(onStage);

  return {
    doc,
    origin,
    stageOrigin,
    items,
    shown,
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
