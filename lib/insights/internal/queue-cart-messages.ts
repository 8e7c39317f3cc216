import { runStatement } from "@/lib/db/client";
import { jsonTime, queueMessages } from "@/lib/webhooks/outbox";
import { KNOWN_DAYS } from "./insert-claims";

/**
 * Messages that may wait for an endpoint before carts tell it nothing more: what a cart grew by is a browser's word, and a
 * page that says it without end must not stand in the way of what the shop's server proved.
 */
const MAX_PENDING = 2_000;

/**
 * Of each cart named by $2: the products of which it holds more than the visitor's cart before it did (SPEC.md, IN22). One
 * known for longer told it then, and the months before need not be read. The id travels as a header, and what a page calls
 * a product may be any text: its hash stands for it.
 */
const QUEUE = queueMessages(`
  SELECT n."shopId", 'cart_' || n.id || '_' || md5(l."externalId") AS "messageId", 'product.added_to_cart' AS type, n."occurredAt" AS at,
    jsonb_build_object('productId', l."externalId", 'quantity', l.quantity - coalesce(b.quantity, 0), 'unitMinor', l."unitMinor",
      'currency', n.data->>'currency', 'conversationId', (SELECT c.id FROM "Conversation" c
        WHERE c."visitorId" = n."visitorId" AND c."shopId" = n."shopId" ORDER BY c."createdAt" DESC LIMIT 1),
      'at', ${jsonTime('n."occurredAt"')}) AS data
  FROM "Event" n
  CROSS JOIN LATERAL (
    SELECT x->>'externalId' AS "externalId", sum((x->>'quantity')::int)::int AS quantity, max((x->>'unitMinor')::bigint) AS "unitMinor"
    FROM jsonb_array_elements(n.data->'lines') x GROUP BY 1
  ) l
  LEFT JOIN LATERAL (
    SELECT o.data FROM "Event" o WHERE o."visitorId" = n."visitorId" AND o.type = 'cart_changed' AND o."shopId" = n."shopId"
      AND (o."occurredAt", o.id) < (n."occurredAt", n.id) ORDER BY o."occurredAt" DESC, o.id DESC LIMIT 1
  ) before ON true
  LEFT JOIN LATERAL (
    SELECT sum((x->>'quantity')::int)::int AS quantity FROM jsonb_array_elements(before.data->'lines') x
    WHERE x->>'externalId' = l."externalId"
  ) b ON true
  WHERE n."shopId" = $1 AND n.id = ANY($2) AND n."occurredAt" > $3::timestamptz - interval '${KNOWN_DAYS + 2} days' AND n.type = 'cart_changed' AND l.quantity > coalesce(b.quantity, 0)
    AND EXISTS (SELECT 1 FROM "WebhookEndpoint" w
      WHERE w."shopId" = $1 AND w."active" AND 'product.added_to_cart' = ANY(w."types")
        AND (SELECT count(*) FROM (SELECT 1 FROM "WebhookDelivery" d
          WHERE d."endpointId" = w.id AND d.status = 'pending' LIMIT ${MAX_PENDING}) waiting) < ${MAX_PENDING})`);

/**
 * Tells the shop's webhooks what carts have grown by.
 * @param eventIds of stored `cart_changed` events; told before, they tell nothing
 * @param receivedAt by the clock that settled their times
 */
export async function queueCartMessages(
  shopId: string,
  eventIds: readonly string[],
  receivedAt: Date,
): Promise<void> {
  if (eventIds.length > 0) await runStatement(QUEUE, [shopId, eventIds, receivedAt]);
}
