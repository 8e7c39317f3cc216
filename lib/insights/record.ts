/**
 * Records facts the server has seen itself, and the few that only a browser knows of what the server had it do: those are claims
 * by their type. The caller has carried the fact out and checked who did it. Rejects when the database does: the caller
 * decides whether its work depends on it.
 */
import { runStatement, runStatementAlone } from "@/lib/db/client";
import { newRowId } from "@/lib/db/row-id";
import { eventCatalogue, type Happened, type ServerEventType } from "@/lib/protocol/event-catalogue";
import { isAnnounced, queueFactMessages } from "./internal/fact-messages";
import { lockOf } from "./internal/lock-of";

interface Circumstances {
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
  /** When it happened; now if left out. */
  readonly occurredAt?: Date;
}

/** A fact with what its type holds: small, and free of personal data. */
export type ServerFact = Circumstances & Happened<ServerEventType>;

/** Received is when it is written, by the database's clock: see ./internal/insert-claims. */
const RECORD = `
  INSERT INTO "Event" ("id", "type", "version", "source", "shopId", "conversationId", "participantId", "visitorId", "memberId",
    "productId", "itemId", "data", "occurredAt", "receivedAt")
  SELECT *, clock_timestamp() FROM jsonb_to_recordset($1::jsonb) AS "row" ("id" text, "type" text, "version" smallint, "source" text, "shopId" text,
    "conversationId" text, "participantId" text, "visitorId" text, "memberId" text, "productId" text, "itemId" text,
    "data" jsonb, "occurredAt" timestamptz)`;

/** The same, and in the same statement what the shops' webhooks are to say of it. */
const RECORD_AND_TELL = `WITH inserted AS (${RECORD} RETURNING *) ${queueFactMessages}`;

/** Unless the same is known of the last $2 seconds. Of two at once, the one that waited may have the earlier time. */
const RECORD_UNLESS_KNOWN = `${RECORD}
  WHERE NOT EXISTS (SELECT FROM "Event" known WHERE known."shopId" = "row"."shopId" AND known."type" = "row"."type"
    AND known."occurredAt" > "row"."occurredAt" - make_interval(secs => $2)
    AND known."memberId" = "row"."memberId" AND known."data" = "row"."data")`;

export async function recordEvent(fact: ServerFact): Promise<void> {
  await recordEvents([fact]);
}

/**
 * What one of the shop's people did, once however often she is seen doing it: a browser asks for a file in many parts, some
 * at once. Not for what webhooks tell.
 *
 * @param seconds within which the same, with the same data, is not recorded again
 */
export async function recordOnce(
  fact: ServerFact & { readonly memberId: string },
  seconds: number,
): Promise<void> {
  const lock = lockOf(`${fact.type} ${fact.memberId}`);
  await runStatementAlone(lock, RECORD_UNLESS_KNOWN, [JSON.stringify(rowsOf([fact])), seconds]);
}

/** What only the customer's browser knows, of what the server asked it to do or of what it was shown: a claim. */
export type PageFact = Circumstances & Happened<"basket_in_cart" | "invitation_opened" | "card_opened">;

export async function recordClaim(fact: PageFact): Promise<void> {
  await recordEvents([fact]);
}

/** One statement for all of them, of the same text however many: the rows go as one JSON text. Who saw each says its type. */
export async function recordEvents(facts: readonly (ServerFact | PageFact)[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = rowsOf(facts);
  await runStatement(rows.some(isAnnounced) ? RECORD_AND_TELL : RECORD, [JSON.stringify(rows)]);
}

function rowsOf(facts: readonly (ServerFact | PageFact)[]) {
  const now = new Date();
  return facts.map(({ occurredAt = now, data = {}, ...fact }) => ({
    ...fact,
    id: newRowId(now),
    version: eventCatalogue[fact.type].version,
    source: eventCatalogue[fact.type].source,
    data,
    occurredAt,
  }));
}
