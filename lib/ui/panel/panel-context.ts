/** What the panel's parts share: cells to read along, and commands. Made by create-panel, closed with it. */
import type { Mark, Point } from "@/lib/panel/mark";
import type { StrokeWidth } from "@/lib/panel/palette";
import type { MarkId, ParticipantId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import type { CameraControl } from "./camera-control";
import type { Cell } from "./cell";
import type { DocumentBinding } from "./document-binding";
import type { Follow } from "./follow";
import type { Peers } from "./peers";
import type { Tool } from "./tools";

export interface Style {
  /** "#rrggbb" */
  readonly color: string;
  readonly width: StrokeWidth;
}

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

export interface PanelContext {
  readonly snapshot: Cell<RoomSnapshot>;
  readonly binding: Cell<DocumentBinding>;
  readonly peers: Cell<Peers>;
  readonly follow: Cell<Follow>;
  readonly camera: CameraControl;
  readonly tool: Cell<Tool>;
  readonly style: Cell<Style>;
  readonly live: Cell<Live>;
  readonly label: Cell<LabelEdit | null>;
  /** Where the keyboard draws; null while it does not. */
  readonly crosshair: Cell<Point | null>;
  /** Grows when marks, the item or the document changed. */
  readonly version: Cell<number>;
  you(): ParticipantId | null;
  canDraw(): boolean;
  /** Whether we may change or delete this mark: our own, and others' as our rights say. */
  mayChange(mark: Mark): boolean;
  /** Marks of the item looked at. */
  marks(): readonly Mark[];
}

export const nothingLive: Live = { draft: null, selected: null, erased: new Set() };
