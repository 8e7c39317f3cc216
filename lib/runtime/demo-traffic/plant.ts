/** Writes generated rows, a day or so at a time. */
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { eventCatalogue } from "@/lib/protocol/event-catalogue";
import { type Columns, insertRows } from "./insert-rows";
import type { Rows } from "./rows";

const time = (ms: number) => new Date(ms).toISOString();
/** Until an event that a page told has come in. */
const ON_ITS_WAY_MS = 900;

const visitors: Columns = {
  id: "text",
  shopId: "text",
  guestNumber: "int",
  device: "text",
  locale: "text",
  createdAt: "timestamptz",
  lastSeenAt: "timestamptz",
};
const events: Columns = {
  id: "text",
  shopId: "text",
  type: "text",
  version: "int",
  source: "text",
  visitorId: "text",
  conversationId: "text",
  participantId: "text",
  memberId: "text",
  productId: "text",
  itemId: "text",
  externalId: "text",
  data: "jsonb",
  occurredAt: "timestamptz",
  receivedAt: "timestamptz",
};
const conversations: Columns = {
  id: "text",
  shopId: "text",
  visitorId: "text",
  status: "text",
  memberId: "text",
  locale: "text",
  device: "text",
  channel: "text",
  trigger: "text",
  lastSeq: "int",
  createdAt: "timestamptz",
  acceptedAt: "timestamptz",
  closedAt: "timestamptz",
  closedBy: "text",
  score: "int",
  ratedAt: "timestamptz",
};
const participants: Columns = {
  id: "text",
  conversationId: "text",
  role: "text",
  visitorId: "text",
  memberId: "text",
  name: "text",
  color: "int",
  deliveredSeq: "int",
  seenSeq: "int",
  createdAt: "timestamptz",
};
const messages: Columns = {
  id: "text",
  conversationId: "text",
  seq: "int",
  clientId: "text",
  participantId: "text",
  body: "jsonb",
  createdAt: "timestamptz",
};
const orders: Columns = {
  id: "text",
  shopId: "text",
  externalId: "text",
  visitorId: "text",
  visitorBy: "text",
  source: "text",
  status: "text",
  currency: "text",
  totalMinor: "bigint",
  placedAt: "timestamptz",
  cancelledAt: "timestamptz",
  confirmedAt: "timestamptz",
  versionAt: "timestamptz",
};
const orderLines: Columns = {
  id: "text",
  orderId: "text",
  externalId: "text",
  title: "text",
  productId: "text",
  variantId: "text",
  quantity: "int",
  unitMinor: "bigint",
  totalMinor: "bigint",
  refundedQuantity: "int",
  refundedMinor: "bigint",
};
const orderChanges: Columns = {
  id: "text",
  shopId: "text",
  orderExternalId: "text",
  kind: "text",
  externalId: "text",
  lines: "jsonb",
  amountMinor: "bigint",
  source: "text",
  occurredAt: "timestamptz",
  receivedAt: "timestamptz",
};

const orderLineReturns: Columns = {
  id: "text",
  shopId: "text",
  orderLineId: "text",
  seq: "int",
  quantity: "int",
  minor: "bigint",
  occurredAt: "timestamptz",
};

export async function plantRows(shopId: string, rows: Rows): Promise<void> {
  await insertRows(
    "Visitor",
    visitors,
    rows.visitors.map((row) => ({
      ...row,
      shopId,
      createdAt: time(row.createdAt),
      lastSeenAt: time(row.lastSeenAt),
    })),
  );
  await insertRows(
    "Conversation",
    conversations,
    rows.conversations.map((row) => ({
      ...row,
      shopId,
      status: "closed",
      createdAt: time(row.createdAt),
      acceptedAt: row.acceptedAt === null ? null : time(row.acceptedAt),
      closedAt: time(row.closedAt),
      ratedAt: row.ratedAt === null ? null : time(row.ratedAt),
    })),
  );
  await insertRows(
    "Participant",
    participants,
    rows.participants.map((row) => ({ ...row, deliveredSeq: row.seenSeq, createdAt: time(row.createdAt) })),
  );
  await insertRows(
    "Message",
    messages,
    rows.messages.map((row) => ({
      ...row,
      clientId: `demo-traffic-${row.seq}`,
      createdAt: time(row.createdAt),
    })),
  );
  await insertRows(
    "Event",
    events,
    rows.events.map(({ at, data = {}, ...row }) => ({
      ...row,
      shopId,
      version: eventCatalogue[row.type].version,
      data,
      occurredAt: time(at),
      receivedAt: time(row.source === "browser" ? at + ON_ITS_WAY_MS : at),
    })),
  );
  await insertRows(
    "Order",
    orders,
    rows.orders.map(({ confirmed, ...row }) => ({
      ...row,
      shopId,
      visitorBy: confirmed ? "token" : "claim",
      source: confirmed ? "webhook" : "browser",
      status: row.cancelledAt === null ? "placed" : "cancelled",
      placedAt: time(row.placedAt),
      cancelledAt: row.cancelledAt === null ? null : time(row.cancelledAt),
      confirmedAt: confirmed ? time(row.placedAt) : null,
      versionAt: confirmed ? time(row.placedAt) : null,
    })),
  );
  await insertRows(
    "OrderLine",
    orderLines,
    rows.lines.map((row) => ({
      ...row,
      totalMinor: row.quantity * row.unitMinor,
      refundedMinor: row.refundedQuantity * row.unitMinor,
    })),
  );
  await insertRows(
    "OrderChange",
    orderChanges,
    rows.changes.map(({ at, ...row }) => ({
      ...row,
      shopId,
      externalId: row.id,
      source: "webhook",
      occurredAt: time(at),
      receivedAt: time(at),
    })),
  );
  await insertRows(
    "OrderLineReturn",
    orderLineReturns,
    rows.returns.map(({ at, ...row }) => ({ ...row, shopId, seq: 1, occurredAt: time(at) })),
  );
  if (rows.panels.length > 0) await createPanelJournal().append(rows.panels);
}
