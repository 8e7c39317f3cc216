/** Rows as they are written: one list a table, moments in milliseconds since 1970. */
import type { Channel } from "@/lib/protocol/channels";
import type { EventSource, EventType } from "@/lib/protocol/event-catalogue";
import type { JournalUpdate } from "@/lib/sync/server/ports";

export interface EventRow {
  readonly id: string;
  readonly type: EventType;
  readonly source: EventSource;
  /** Null for what one of the shop's people did. */
  readonly visitorId: string | null;
  readonly conversationId?: string;
  readonly participantId?: string;
  readonly memberId?: string | null;
  readonly productId?: string;
  readonly itemId?: string;
  readonly externalId?: string;
  readonly data?: object;
  readonly at: number;
}

export interface VisitorRow {
  readonly id: string;
  readonly guestNumber: number | null;
  readonly device: string;
  readonly locale: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export interface ConversationRow {
  readonly id: string;
  readonly visitorId: string;
  readonly memberId: string | null;
  readonly locale: string;
  readonly device: string;
  readonly channel: Channel;
  readonly trigger: string;
  readonly lastSeq: number;
  readonly createdAt: number;
  readonly acceptedAt: number | null;
  readonly closedAt: number;
  readonly closedBy: "customer" | "agent";
}

/** With what its customer said of it, if she did. */
export interface RatedRow extends ConversationRow {
  readonly score: number | null;
  readonly ratedAt: number | null;
}

export interface ParticipantRow {
  readonly id: string;
  readonly conversationId: string;
  readonly role: "customer" | "agent";
  readonly visitorId: string | null;
  readonly memberId: string | null;
  readonly name: string;
  readonly color: number;
  readonly seenSeq: number;
  readonly createdAt: number;
}

export interface MessageRow {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly participantId: string | null;
  readonly body: object;
  readonly createdAt: number;
}

export interface OrderRow {
  readonly id: string;
  readonly externalId: string;
  readonly visitorId: string;
  readonly confirmed: boolean;
  readonly cancelledAt: number | null;
  readonly currency: string;
  readonly totalMinor: number;
  readonly placedAt: number;
}

export interface LineRow {
  readonly id: string;
  readonly orderId: string;
  readonly externalId: string;
  readonly title: string;
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly refundedQuantity: number;
}

export interface ChangeRow {
  readonly id: string;
  readonly orderExternalId: string;
  readonly kind: "refund" | "cancellation";
  readonly lines: readonly object[];
  readonly amountMinor: number;
  readonly at: number;
}

/** What came back of a line, on its day. */
export interface ReturnRow {
  readonly id: string;
  readonly orderLineId: string;
  readonly quantity: number;
  readonly minor: number;
  readonly at: number;
}

export interface Rows {
  readonly visitors: VisitorRow[];
  readonly events: EventRow[];
  readonly conversations: RatedRow[];
  readonly participants: ParticipantRow[];
  readonly messages: MessageRow[];
  readonly orders: OrderRow[];
  readonly lines: LineRow[];
  readonly changes: ChangeRow[];
  readonly returns: ReturnRow[];
  readonly panels: JournalUpdate[];
}

export const noRows = (): Rows => ({
  visitors: [],
  events: [],
  conversations: [],
  participants: [],
  messages: [],
  orders: [],
  lines: [],
  changes: [],
  returns: [],
  panels: [],
});
