import type { EventType } from "@/lib/protocol/event-catalogue";
import { jsonTime, queueMessages } from "@/lib/webhooks/outbox";

/** Server facts that shops' servers hear of. */
const announced: ReadonlySet<EventType> = new Set<EventType>([
  "conversation_started",
  "conversation_closed",
  "product_recommended",
]);

export const isAnnounced = (fact: { readonly type: EventType }): boolean => announced.has(fact.type);

/** Messages of the rows that a CTE `inserted` (columns of "Event") has just written. */
export const queueFactMessages = queueMessages(`
  SELECT i."shopId", 'event_' || i.id AS "messageId", i."occurredAt" AS at,
    CASE i.type WHEN 'conversation_started' THEN 'conversation.started' WHEN 'conversation_closed' THEN 'conversation.ended'
      ELSE 'recommendation.made' END AS type,
    CASE i.type
      WHEN 'conversation_started' THEN jsonb_build_object('conversationId', c.id, 'startedAt', ${jsonTime('c."createdAt"')})
      WHEN 'conversation_closed' THEN jsonb_build_object('conversationId', c.id, 'startedAt', ${jsonTime('c."createdAt"')},
        'acceptedAt', ${jsonTime('c."acceptedAt"')}, 'endedAt', ${jsonTime('c."closedAt"')}, 'endedBy', c."closedBy", 'agent', u.name)
      ELSE jsonb_build_object('conversationId', c.id, 'productId', p."externalId", 'agent', coalesce(pt.name, u.name),
        'at', ${jsonTime('i."occurredAt"')})
    END AS data
  FROM inserted i
  JOIN "Conversation" c ON c.id = i."conversationId" AND c."shopId" = i."shopId"
  LEFT JOIN "Participant" pt ON pt.id = i."participantId"
  LEFT JOIN "Member" mb ON mb.id = c."memberId"
  LEFT JOIN "User" u ON u.id = mb."userId"
  LEFT JOIN "Product" p ON p.id = i."productId" AND p."shopId" = i."shopId"
  WHERE i.type IN ('conversation_started', 'conversation_closed', 'product_recommended')`);
