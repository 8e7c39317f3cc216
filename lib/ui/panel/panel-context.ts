/** What the panel's parts share, whichever pane they belong to: cells to read along. Made by create-panel, closed with it. */
import type { Mark } from "@/lib/panel/mark";
import type { StrokeWidth } from "@/lib/panel/palette";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";
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

export interface PanelContext {
  readonly snapshot: Cell<RoomSnapshot>;
  readonly binding: Cell<DocumentBinding>;
  readonly peers: Cell<Peers>;
  readonly follow: Cell<Follow>;
  readonly tool: Cell<Tool>;
  readonly style: Cell<Style>;
  /** Grows when marks, an item or the document changed. */
  readonly version: Cell<number>;
  you(): ParticipantId | null;
  canDraw(): boolean;
  /** Whether we may change or delete this mark: our own, and others' as our rights say. */
  mayChange(mark: Mark): boolean;
}
