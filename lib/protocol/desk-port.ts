/** How modules tell the agents' desks that something changed, without knowing who listens. */
import type { ConversationId, ShopId, VisitorId } from "./ids";
import { processSlot } from "./process-slot";

/** Calls are cheap, never throw and are gathered before anything is read. */
export interface DeskPort {
  /** A conversation's state, people, messages or receipts changed. */
  conversationChanged(shopId: ShopId, conversationId: ConversationId): void;
  /** A visitor looked at another page or changed her cart. */
  visitorMoved(shopId: ShopId, visitorId: VisitorId): void;
}

export const deskPort = processSlot<DeskPort>("desk-port");
