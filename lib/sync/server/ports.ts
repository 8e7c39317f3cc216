/**
 * What the sync server needs from the rest of the house, and nothing else: it knows no database, no framework and
 * no token format. lib/conversations, lib/catalogue and lib/insights implement these; lib/runtime wires them.
 */
import type { Basket } from "@/lib/protocol/basket";
import type { BasketRequest } from "@/lib/protocol/basket-requests";
import type { ChatMessage, ChatUpdate, MessageBody, ProductCard } from "@/lib/protocol/chat";
import type { ConversationStatus, RoomMirror } from "@/lib/protocol/control";
import type { Happened } from "@/lib/protocol/event-catalogue";
import type {
  AssetId,
  ConversationId,
  ItemId,
  MemberId,
  ParticipantId,
  ProductId,
  ShopId,
  VisitorId,
} from "@/lib/protocol/ids";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { NewItem } from "@/lib/protocol/rooms-port";
import type { PresenceRecord } from "./outgoing";

// --- The door ------------------------------------------------------------------------------------------------

/** Who a connection is; taken from the token, never from what the client says later. */
export interface Claims {
  readonly conversationId: ConversationId;
  readonly participantId: ParticipantId;
  readonly shopId: ShopId;
  readonly role: ParticipantRole;
  readonly name: string;
  /** Index into the palette. */
  readonly color: number;
  readonly memberId?: MemberId | undefined;
  readonly visitorId?: VisitorId | undefined;
  /** Of a companion: she reads the messages after this one. */
  readonly sinceSeq?: number | undefined;
}

export type Admission =
  /** @property expiresAt milliseconds since 1970; the connection ends then unless renewed. */
  | { readonly kind: "admitted"; readonly claims: Claims; readonly expiresAt: number }
  /** Keys of closeCodes. `unauthorized`: missing, forged, expired, or for another room. */
  | { readonly kind: "refused"; readonly reason: "unauthorized" | "forbidden" | "notFound" };

/** A conversation as the database has it now. */
export interface ConversationState {
  readonly conversationId: ConversationId;
  readonly shopId: ShopId;
  readonly status: ConversationStatus;
  readonly drawingLocked: boolean;
  /** Everybody who ever took part, in order of arrival. */
  readonly participants: readonly {
    readonly participantId: ParticipantId;
    readonly role: ParticipantRole;
    readonly name: string;
    readonly color: number;
    /** May not be here now. */
    readonly hasLeft?: boolean | undefined;
  }[];
  readonly mirror: RoomMirror;
}

export interface Authorize {
  /** Checks a token for this very conversation: signature, expiry, and that the participant may still be here. */
  admit(conversationId: string, token: string): Promise<Admission>;
  /** Null when the conversation does not exist (any more). */
  findConversation(conversationId: ConversationId): Promise<ConversationState | null>;
}

// --- The panel's document ------------------------------------------------------------------------------------

export interface JournalUpdate {
  readonly conversationId: ConversationId;
  /** Null for the server's own changes. */
  readonly participantId: ParticipantId | null;
  /** When the server received it, milliseconds since 1970. */
  readonly at: number;
  readonly update: Uint8Array;
}

export interface PanelSnapshot {
  readonly state: Uint8Array;
  /** Yjs client ids and the participants whom they belong to. */
  readonly owners: ReadonlyMap<number, ParticipantId>;
}

/** What a room is loaded from. */
export interface StoredPanel {
  readonly snapshot: PanelSnapshot | null;
  /** What the snapshot does not hold, oldest first. */
  readonly updates: readonly Pick<JournalUpdate, "participantId" | "update">[];
}

/** What is stored as one snapshot, without what was deleted. @throws whatever Yjs throws on a part that it cannot read */
export type MergePanel = (panel: StoredPanel) => Promise<PanelSnapshot>;

export interface Journal {
  load(conversationId: ConversationId): Promise<StoredPanel>;
  /**
   * Stores updates of any conversations, in this order. All or nothing; resolved means durable: a kill -9 right after
   * loses none of them.
   * @throws AppError not_found when a conversation does not exist (any more)
   */
  append(batch: readonly JournalUpdate[]): Promise<void>;
  /**
   * Puts `merge(what is stored)` in place of the snapshot, atomically. The updates that it holds are loaded no more, but
   * kept: history, with author and time. Updates appended meanwhile stay. Does nothing when there is none to merge, or
   * another process merged some of them first.
   */
  compact(conversationId: ConversationId, merge: MergePanel): Promise<void>;
}

// --- Chat ------------------------------------------------------------------------------------------------------

export interface Receipt {
  readonly participantId: ParticipantId;
  readonly deliveredSeq: number;
  readonly seenSeq: number;
}

export interface ChatStore {
  /**
   * Gives the next number of the conversation and stores. A `clientId` already stored for this conversation stores
   * nothing and answers the earlier message with `repeated: true`.
   */
  append(
    conversationId: ConversationId,
    message: {
      readonly clientId: string;
      readonly participantId: ParticipantId | null;
      readonly body: MessageBody;
    },
  ): Promise<{ readonly message: ChatMessage; readonly repeated: boolean }>;
  /** The newest `limit` messages with seq < `before` (all when null), oldest first. */
  list(
    conversationId: ConversationId,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<{ readonly messages: readonly ChatMessage[]; readonly hasEarlier: boolean }>;
  receipts(conversationId: ConversationId): Promise<readonly Receipt[]>;
  /** Never goes back and never past the newest message; answers what is stored now. */
  setReceipt(conversationId: ConversationId, receipt: Receipt): Promise<Receipt>;
}

// --- What may be put on the panel --------------------------------------------------------------------------------

interface RoomPlace {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
}

export interface Resolve {
  /** The product's picture at `pictureIndex` (0 the first); null when the shop has no such product or picture. */
  findProductPicture(of: RoomPlace, productId: ProductId, pictureIndex: number): Promise<NewItem | null>;
  /** A picture uploaded into this very conversation; null otherwise. */
  findConversationAsset(conversationId: ConversationId, assetId: AssetId): Promise<NewItem | null>;
  /** In the words and at the prices of this conversation. */
  findProductCard(of: RoomPlace, productId: ProductId): Promise<ProductCard | null>;
}

// --- Facts and decisions --------------------------------------------------------------------------------------------

/** What happens in a room, with what its type holds. */
export type RoomFact = Happened<
  | "participant_joined"
  | "participant_left"
  | "item_shown"
  | "mark_drawn"
  | "items_compared"
  | "product_recommended"
  | "card_opened"
>;

export type RoomEvent = RoomFact & {
  readonly shopId: ShopId;
  readonly conversationId: ConversationId;
  /** Null when the server itself did it for nobody in particular. */
  readonly participantId: ParticipantId | null;
  readonly memberId: MemberId | null;
  readonly visitorId: VisitorId | null;
  readonly productId: ProductId | null;
  readonly itemId: ItemId | null;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** A failure to record is logged and never stops a room. */
type RecordEvents = (events: readonly RoomEvent[]) => Promise<void>;

export interface ConversationControl {
  setDrawingLocked(conversationId: ConversationId, locked: boolean, by: Claims): Promise<void>;
  /** Closes the conversation for good. Ending a closed one does nothing. */
  end(conversationId: ConversationId, by: Claims): Promise<void>;
}

// --- The basket ------------------------------------------------------------------------------------------------------

export interface BasketControl {
  /** As it reads now. @property staleAt when it will read otherwise by itself, milliseconds since 1970 */
  load(conversationId: ConversationId): Promise<{ readonly basket: Basket; readonly staleAt: number | null }>;
  /**
   * Does what was asked, if the one who asks may; then tells the room by `roomChanged`.
   * @throws AppError forbidden, not_found, conflict, too_many, conversation_closed, unavailable
   */
  carryOut(request: BasketRequest, by: Claims): Promise<void>;
}

// --- Other nodes -----------------------------------------------------------------------------------------------------

/** One process among several that serve the same installation; a new name at every start. */
export type NodeId = string;

/** A participant as the node knows it to which she is connected. */
export interface PeerPerson {
  readonly participantId: ParticipantId;
  readonly memberId: MemberId | null;
  readonly visitorId: VisitorId | null;
  /** When she came, whichever node she came to first; milliseconds since 1970. */
  readonly since: number;
  /** False: her last connection is gone, and she may come back at once. */
  readonly online: boolean;
}

/** What nodes that hold the same room tell each other. They trust one another: each checks its own clients. */
export type RoomMessage =
  /** A change that the sender's document has. @property clients Yjs ids that it extends; they belong to `by` */
  | {
      readonly kind: "update";
      readonly by: ParticipantId | null;
      readonly clients: readonly number[];
      readonly update: Uint8Array;
    }
  | { readonly kind: "presence"; readonly by: ParticipantId; readonly records: readonly PresenceRecord[] }
  | { readonly kind: "chat"; readonly update: ChatUpdate }
  /** Everybody who is connected to the sender. */
  | { readonly kind: "people"; readonly people: readonly PeerPerson[] }
  /** The sender has this much, and asks for the rest. @property newest number of the newest message it knows */
  | { readonly kind: "ask"; readonly stateVector: Uint8Array; readonly newest: number }
  /** What the one who asked lacks. @property stateVector where given, the sender asks in turn */
  | {
      readonly kind: "answer";
      readonly update: Uint8Array;
      readonly owners: ReadonlyMap<number, ParticipantId>;
      readonly stateVector: Uint8Array | null;
      readonly newest: number;
    }
  /** The sender holds the room no more. */
  | { readonly kind: "leave" };

/** What all nodes are told, whichever rooms they hold. */
export type NodeNotice =
  /** Status, lock or participants of a conversation. */
  | { readonly type: "changed"; readonly conversationId: ConversationId }
  | { readonly type: "disconnect"; readonly participantId: ParticipantId }
  | { readonly type: "disconnect-member"; readonly memberId: MemberId; readonly removed: boolean }
  /** For desks: something of this shop changed, known conversations among it. */
  | { readonly type: "desk"; readonly shopId: ShopId; readonly conversationIds: readonly ConversationId[] };

export interface PeerListener {
  onMessage(from: NodeId, message: RoomMessage): void;
  /** We hear the others, for the first time or again: what was said before is missing. */
  onConnected(): void;
  /** Nobody is connected to that node any more. */
  onNodeGone(node: NodeId): void;
}

/** One room's line to the other nodes. What is sent while there is no connection is lost: `onConnected` follows. */
export interface RoomLine {
  readonly nodeId: NodeId;
  /** Other nodes that hold this room, as far as we know. */
  holders(): readonly NodeId[];
  /** To every holder. */
  send(message: RoomMessage): void;
  sendTo(node: NodeId, message: RoomMessage): void;
  /** To every node: who holds the room will answer. */
  ask(stateVector: Uint8Array, newest: number): void;
  leave(): void;
}

export interface Fanout {
  join(conversationId: ConversationId, listener: PeerListener): RoomLine;
  announce(notice: NodeNotice): void;
  /** Notices of the other nodes. */
  onNotice(listener: (notice: NodeNotice) => void): void;
}

/** What operators watch. Called on the hot path: cheap, never throws, and told of no content and no person. */
export interface SyncMeters {
  frameIn(kind: string, bytes: number): void;
  frameOut(bytes: number): void;
  /** An update that was not taken, by its reason. */
  refused(code: string): void;
  /** A connection that the server ended, by its reason. */
  closed(reason: string): void;
  /** Checking and applying one update. */
  applied(milliseconds: number): void;
  /** Updates stored together. @param lagMs how long the first of them waited, milliseconds */
  journaled(updates: number, lagMs: number): void;
  journalFailed(): void;
}

export interface SyncPorts {
  readonly authorize: Authorize;
  readonly journal: Journal;
  readonly chat: ChatStore;
  readonly resolve: Resolve;
  readonly control: ConversationControl;
  readonly basket?: BasketControl;
  readonly recordEvents: RecordEvents;
  readonly fanout?: Fanout;
  /** Where merging does not hold up everybody's strokes; without it, between them. */
  readonly merge?: MergePanel;
  /** A message, a receipt or what is shown changed: desks may want to look. Cheap, never throws. */
  readonly conversationChanged?: (shopId: ShopId, conversationId: ConversationId) => void;
  readonly meters?: SyncMeters;
  /** For operators: what went wrong, without personal data. */
  readonly log?: (
    level: "info" | "warn" | "error",
    message: string,
    detail?: Record<string, unknown>,
  ) => void;
}
