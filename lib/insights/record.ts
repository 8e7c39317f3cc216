/**
 * Records facts the server has seen itself. The caller has already carried the fact out and checked who did it; nothing
 * here comes from a browser's word. Rejects when the database does: the caller decides whether its work depends on it.
 */
import { randomUUID } from "node:crypto";
import { runStatement } from "@/lib/db/client";
import type { ServerEventType } from "@/lib/protocol/events";

export interface ServerFact {
  readonly type: ServerEventType;
  readonly shopId: string;
  /** Null for what happened outside of one. */
  readonly conversationId: string | null;
  /** Who did it: the participant, and the visitor or member behind it where the caller knows. */
  readonly participantId?: string | null;
  readonly visitorId?: string | null;
  readonly memberId?: string | null;
  /** For item_shown, mark_drawn and product_recommended: the catalogue product, none for a customer's photo. */
  readonly productId?: string | null;
  /** Panel item, for item_shown and mark_drawn. */
  readonly itemId?: string | null;
  /** Small and free of personal data, such as `{ kind: "arrow" }`. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
  /** When it happened; now if left out. */
  readonly occurredAt?: Date;
}

const RECORD = `
  INSERT INTO "Event" ("id", "type", "source", "shopId", "conversationId", "participantId", "visitorId", "memberId",
    "productId", "itemId", "data", "occurredAt", "receivedAt")
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS "row" ("id" text, "type" text, "source" text, "shopId" text,
    "conversationId" text, "participantId" text, "visitorId" text, "memberId" text, "productId" text, "itemId" text,
    "data" jsonb, "occurredAt" timestamptz, "receivedAt" timestamptz)`;

export async function recordEvent(fact: ServerFact): Promise<void> {
  await recordEvents([fact]);
}

/** One statement for all of them, of the same text however many: the rows go as one JSON text. */
export async function recordEvents(facts: readonly ServerFact[]): Promise<void> {
  if (facts.length === 0) return;
  const receivedAt = new Date();
  const rows = facts.map(({ occurredAt = receivedAt, data = {}, ...fact }) => ({
    ...fact,
    id: newRowId(receivedAt),
    source: "server",
    data,
    occurredAt,
    receivedAt,
  }));
  await runStatement(RECORD, [JSON.stringify(rows)]);
}

/** A UUID of version 7 (RFC 9562), as the ORM makes them: it begins with the time, so new rows lie together. */
function newRowId(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
