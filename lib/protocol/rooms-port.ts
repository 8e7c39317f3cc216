/** How HTTP routes reach live rooms. Works whether or not anybody is in the room right now. */
import type { ChatMessage, MessageBody } from "./chat";
import type { AssetId, ConversationId, ItemId, MemberId, ParticipantId, ProductId } from "./ids";
import { processSlot } from "./process-slot";

/** A picture or video to put on the panel; the caller has already made sure that this conversation may show it. */
export interface NewItem {
  readonly source: "asset" | "product";
  readonly assetId: AssetId;
  readonly productId: ProductId | null;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Of a video, milliseconds. */
  readonly duration?: number | null;
  /** Of a page of a paper. */
  readonly page?: { readonly number: number; readonly of: number } | null;
  /** Hidden from the shop's people, who have to ask for it. */
  readonly covered?: boolean;
  /** A picture of the customer's page, as it was when it was made; `title` is the page's. */
  readonly frozen?: boolean;
  /** Lies there without being shown: a paper's other pages. */
  readonly behind?: boolean;
}

export interface RoomsPort {
  /**
   * Puts the picture on the panel and shows it unless it lies behind; the same picture again reuses its item with its marks.
   * @throws AppError conversation_closed, panel_full, not_found, unavailable
   */
  putItem(conversationId: ConversationId, item: NewItem, by: ParticipantId | null): Promise<ItemId>;
  /** Lets the shop's people see what is covered; resolves when that is stored. @throws AppError unavailable */
  uncover(conversationId: ConversationId, assetId: AssetId, by: ParticipantId | null): Promise<void>;
  /**
   * Stores a chat message and sends it to everybody there. With a `clientId`, a repeat stores nothing new.
   * @throws AppError not_found, unavailable
   */
  postMessage(
    conversationId: ConversationId,
    body: MessageBody,
    participantId: ParticipantId | null,
    clientId?: string,
  ): Promise<ChatMessage>;
  /** Status, lock or participants changed in the database: read again and tell everybody. On every node that holds the room. */
  roomChanged(conversationId: ConversationId): Promise<void>;
  /** Closes every connection of a participant who may no longer be here (4403, final). */
  disconnect(participantId: ParticipantId): void;
  /**
   * Closes every connection of one of the shop's people. `removed`: for good (4403); otherwise they come back with a new
   * token, and with the rights they have by then (4401).
   */
  disconnectMember(memberId: MemberId, removed: boolean): void;
}

export const roomsSlot = processSlot<RoomsPort>("rooms");
