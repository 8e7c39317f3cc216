/** The cells of one pane: what is looked at, where, and what is being drawn there. */
import type { Mark, Point } from "@/lib/panel/mark";
import type { Item } from "@/lib/panel/schema";
import type { MarkId } from "@/lib/protocol/ids";
import { type CameraControl, createCameraControl } from "./camera-control";
import { type Cell, cell } from "./cell";

export type PaneSide = "first" | "second";

/** A label being written. */
export interface LabelEdit {
  /** The mark whose words are changed; null for a new one. */
  readonly mark: Mark | null;
  /** Top left of the label, picture pixels. */
  readonly at: Point;
}

/** Marks that are live nodes: the one in the making, those being moved, those about to be erased. */
export interface Live {
  /** A new mark, not yet written. */
  readonly draft: Mark | null;
  /** The selected mark as it is shown now: moved or resized before it is written. */
  readonly selected: Mark | null;
  /** Touched by the eraser. */
  readonly erased: ReadonlySet<MarkId>;
}

export const nothingLive: Live = { draft: null, selected: null, erased: new Set() };

export interface PaneState {
  readonly side: PaneSide;
  /** What is looked at here. */
  readonly item: Cell<Item | null>;
  readonly camera: CameraControl;
  /** Milliseconds into the video; 0 on a picture. */
  readonly position: Cell<number>;
  readonly live: Cell<Live>;
  readonly label: Cell<LabelEdit | null>;
  /** Where the keyboard draws; null while it does not. */
  readonly crosshair: Cell<Point | null>;
}

/** @param calm true when the reader asked for reduced motion. */
export function createPaneState(side: PaneSide, calm: () => boolean): PaneState {
  return {
    side,
    item: cell<Item | null>(null),
    camera: createCameraControl(calm),
    position: cell(0),
    live: cell<Live>(nothingLive),
    label: cell<LabelEdit | null>(null),
    crosshair: cell<Point | null>(null),
  };
}
