/**
 * One picture on the stage, with everything that belongs to looking at it and drawing on it. The panel has two: the
 * first always, the second holds an item only while two are compared.
 */
import type { Mark } from "@/lib/panel/mark";
import { createDrawing, type Drawing } from "./drawing";
import type { PaneState } from "./pane-state";
import type { PanelContext } from "./panel-context";
import { createSelecting, type Selecting } from "./selecting";

export interface Pane extends PaneState {
  readonly drawing: Drawing;
  readonly selecting: Selecting;
  /** Marks of the item looked at. */
  marks(): readonly Mark[];
}

const none: readonly Mark[] = [];

export function createPane(context: PanelContext, state: PaneState): Pane {
  const marks = () => {
    const item = state.item.get();
    return item ? context.binding.get().marks.of(item.id) : none;
  };
  const drawing = createDrawing(context, state, marks);
  const selecting = createSelecting(context, state, marks);
  return { ...state, drawing, selecting, marks };
}
