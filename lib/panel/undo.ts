/** Undo and redo of one participant's own changes to marks. Others' changes and the stage are never touched. */
import * as Y from "yjs";
import type { Origin } from "./commands";
import { marksOf } from "./schema";

export interface Undo {
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Called after every change of what can be undone. Returns its removal. */
  onChange(listener: () => void): () => void;
  close(): void;
}

/** @param origin the one with which this participant's commands run. */
export function openUndo(doc: Y.Doc, origin: Origin): Undo {
  // captureTimeout 0: one intention, one step, however quickly they follow each other.
  const manager = new Y.UndoManager(marksOf(doc), { trackedOrigins: new Set([origin]), captureTimeout: 0 });
  return {
    undo: () => void manager.undo(),
    redo: () => void manager.redo(),
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    onChange(listener) {
      const events = ["stack-item-added", "stack-item-popped", "stack-cleared"] as const;
      for (const event of events) manager.on(event, listener);
      return () => {
        for (const event of events) manager.off(event, listener);
      };
    },
    close: () => manager.destroy(),
  };
}
