/** A room as a screen sees it: the shared document, presence, and one immutable snapshot of everything else. */
import type { Awareness } from "y-protocols/awareness";
import type { Doc } from "yjs";
import type { Basket } from "@/lib/protocol/basket";
import type { ChatMessage } from "@/lib/protocol/chat";
import type { RoomState } from "@/lib/protocol/control";
import type { ControlRequest } from "@/lib/protocol/control-requests";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { Rights } from "@/lib/protocol/roles";

/** A chat message of the log; one of our own that the server has not numbered yet has no `seq`. */
export interface RoomMessage extends Omit<ChatMessage, "seq"> {
  /** Null until stored. */
  readonly seq: number | null;
  /** sending: on its way or waiting for the line. failed: refused; `retry` or `discard` it. */
  readonly state: "stored" | "sending" | "failed";
}

export interface RoomReceipt {
  readonly participantId: ParticipantId;
  readonly deliveredSeq: number;
  readonly seenSeq: number;
}

export interface RoomSnapshot {
  /** ended: the server said not to come back (removed, or no such conversation). */
  readonly connection: "connecting" | "online" | "offline" | "ended";
  /** The document holds everything the server has. */
  readonly synced: boolean;
  /** Something drawn here is not known to be stored yet. */
  readonly unsaved: boolean;
  /** False while the server cannot store what is drawn. */
  readonly saving: boolean;
  /** Null until the first welcome. */
  readonly you: ParticipantId | null;
  /** As last told by the server; none before the first welcome. Offline drawing follows the last known rights. */
  readonly rights: Rights;
  readonly room: RoomState | null;
  /** What was proposed for the cart, and what became of it. */
  readonly basket: Basket;
  /** Oldest first; our unsent ones last. */
  readonly messages: readonly RoomMessage[];
  readonly hasEarlier: boolean;
  readonly receipts: readonly RoomReceipt[];
  /** The others who are typing now. */
  readonly typing: readonly ParticipantId[];
  /** Grows when `doc` and `awareness` were replaced: bind to the new ones. */
  readonly docGeneration: number;
  /** The last refused write to the document; `count` tells two equal ones apart. */
  readonly lastRefusal: { readonly code: ErrorCode; readonly count: number } | null;
}

/** A control request without the id that `request` adds. */
export type RoomRequest = ControlRequest extends infer Request
  ? Request extends { id: string; type: string }
    ? Request["type"] extends "renew" | "confirm" | "clock"
      ? never
      : Omit<Request, "id">
    : never
  : never;

export interface Room {
  /** Replaced when a write was refused; see `docGeneration`. */
  readonly doc: Doc;
  readonly awareness: Awareness;
  /** The same object until something changes. */
  getSnapshot(): RoomSnapshot;
  /** @returns unsubscribe */
  subscribe(onChange: () => void): () => void;
  /** Shown at once as `sending`; sent when the line is there; stored once however often it is sent. */
  sendText(text: string): void;
  /** Sends a failed message again. */
  retry(clientId: string): void;
  /** Forgets a failed message. */
  discard(clientId: string): void;
  setTyping(typing: boolean): void;
  markSeen(seq: number): void;
  /** Loads the page of messages before the oldest one we have; they arrive in the snapshot. */
  loadEarlier(): void;
  /** @throws AppError with the server's code, or `unavailable` when there is no line. */
  request(request: RoomRequest): Promise<void>;
  /**
   * Asks for the server's time, milliseconds since 1970, as it was when it answered.
   * @throws AppError `unavailable` when there is no line
   */
  askServerTime(): Promise<number>;
  /** Leaves; the room is of no use afterwards. */
  close(): void;
}
