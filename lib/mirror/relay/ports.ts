/**
 * What the relay needs from the rest of the house, and nothing else: it knows no database, no framework and no token
 * format. lib/conversations implements these; lib/runtime wires them.
 */
import type { ConversationId, MemberId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import type { MirrorEndReason, PauseReason } from "@/lib/protocol/mirror";
import type { MirrorPhase } from "@/lib/protocol/mirror-phase";
import type { Authorize } from "@/lib/sync/server/ports";

/** What a shop lets its people do. */
export interface MirrorTerms {
  /** The mirror is switched on. */
  readonly allowed: boolean;
  /** This member may ask to act in a customer's page; false for customers. */
  readonly mayAskWrite: boolean;
}

export type MirrorOutcome = MirrorEndReason | "refused" | "unanswered" | "withdrawn";

export interface Share {
  readonly participantId: ParticipantId;
  readonly seconds: number;
}

/** One mirror as it is stored: who, when and how long, and nothing of the page. Times are milliseconds since 1970. */
export interface MirrorRow {
  readonly id: string;
  readonly conversationId: ConversationId;
  readonly phase: Exclude<MirrorPhase, "idle"> | "ended";
  /** The agent who asked to see the page; null when the customer began by herself. */
  readonly proposedBy: ParticipantId | null;
  /** While paused; `customer` also while suspended, when she had paused before. */
  readonly pausedFor: PauseReason | null;
  /** When the proposal or the suspension is over. */
  readonly until: number | null;
  /** SHA-256, hexadecimal, of what lets the customer's tab go on. */
  readonly resumeHash: string | null;
  readonly createdAt: number;
  /** When the customer agreed. */
  readonly startedAt: number | null;
  readonly seenAt: number;
  readonly endedAt: number | null;
  readonly endReason: MirrorOutcome | null;
  readonly liveSeconds: number;
  /** Who saw the page, and who was let act in it. */
  readonly watched: readonly Share[];
  readonly wrote: readonly Share[];
}

/** What others are to know: the chat, the reports. */
export type MirrorFact =
  | { readonly type: "started" | "refused" | "ended" }
  | { readonly type: "write-granted"; readonly participantId: ParticipantId };

export interface MirrorStore {
  /** @param memberId null for customers */
  findTerms(shopId: ShopId, memberId: MemberId | null): Promise<MirrorTerms>;
  /** The conversation's mirror that has not ended. */
  findOpen(conversationId: ConversationId): Promise<MirrorRow | null>;
  /** Stores the row as it is now, in place of what was stored under its id. */
  save(row: MirrorRow): Promise<void>;
  /** After the row is saved. */
  record(row: MirrorRow, fact: MirrorFact): Promise<void>;
  /** Conversations with a mirror that has not ended and was not saved since. */
  listLost(before: number): Promise<readonly ConversationId[]>;
}

/** What operators watch. Cheap, never throws, and told of no content and no person. */
export interface MirrorMeters {
  frameIn(kind: string, bytes: number): void;
  frameOut(bytes: number): void;
  /** A request or a frame that was not taken, by its reason. */
  refused(reason: string): void;
  /** A connection that the relay ended, by its reason. */
  closed(reason: string): void;
}

export interface MirrorPorts {
  readonly authorize: Authorize;
  readonly store: MirrorStore;
  /** Phase or proposer changed, and that is stored: rooms read it again. Never throws. */
  readonly changed: (conversationId: ConversationId) => void;
  readonly meters?: MirrorMeters;
  /** For operators: what went wrong, without personal data. */
  readonly log?: (
    level: "info" | "warn" | "error",
    message: string,
    detail?: Record<string, unknown>,
  ) => void;
}
