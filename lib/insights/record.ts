/**
 * Records facts the server has seen itself. The caller has already carried the fact out and checked who did it; nothing
 * here comes from a browser's word. Rejects when the database does: the caller decides whether its work depends on it.
 */
import { getDb } from "@/lib/db/client";
import type { ServerEventType } from "@/lib/protocol/events";

export interface ServerFact {
  readonly type: ServerEventType;
  readonly shopId: string;
  readonly conversationId: string;
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

export async function recordEvent(fact: ServerFact): Promise<void> {
  await recordEvents([fact]);
}

/** One statement for all of them. */
export async function recordEvents(facts: readonly ServerFact[]): Promise<void> {
  if (facts.length === 0) return;
  const receivedAt = new Date();
  await getDb().event.createMany({
    data: facts.map((fact) => ({
      type: fact.type,
      source: "server",
      shopId: fact.shopId,
      conversationId: fact.conversationId,
      participantId: fact.participantId ?? null,
      visitorId: fact.visitorId ?? null,
      memberId: fact.memberId ?? null,
      productId: fact.productId ?? null,
      itemId: fact.itemId ?? null,
      data: { ...fact.data },
      occurredAt: fact.occurredAt ?? receivedAt,
      receivedAt,
    })),
  });
}
