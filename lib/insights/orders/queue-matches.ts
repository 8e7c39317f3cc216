/** Tells the shop's webhooks which lines of an order are credited to a recommendation (AT1-AT3), once each. */
import type { Prisma } from "@/lib/db/client";
import { jsonTime, queueMessages } from "@/lib/webhooks/outbox";
import { ATTRIBUTION_HOURS } from "../attribution";

/** $1 shop, $2 order. A claim and its proof are two messages: the second says that it is confirmed. */
const QUEUE = queueMessages(`
  SELECT $1::text AS "shopId",
    'order_' || $2::text || '_' || k."conversationId" || '_' || k."productId" || CASE WHEN k.confirmed THEN '_confirmed' ELSE '' END
      AS "messageId",
    'order.matched' AS type, k."placedAt" AS at,
    jsonb_build_object('orderId', k."externalId", 'confirmed', k.confirmed, 'placedAt', ${jsonTime('k."placedAt"')},
      'conversationId', k."conversationId", 'recommendedAt', ${jsonTime("k.at")}, 'productId', p."externalId",
      'quantity', k.quantity, 'totalMinor', k.minor, 'currency', k.currency) AS data
  FROM (
    SELECT t."externalId", t.currency, t."placedAt", t.confirmed, t."conversationId", t."productId", max(t.at) AS at,
      sum(t.quantity)::int AS quantity, sum(t.minor) AS minor
    FROM (
      SELECT DISTINCT ON (l.id) o."externalId", o.currency, o."placedAt", o."confirmedAt" IS NOT NULL AS confirmed,
        l.quantity - l."refundedQuantity" AS quantity, l."totalMinor" - l."refundedMinor" AS minor,
        e."conversationId", e."productId", e."occurredAt" AS at
      FROM "Order" o
      JOIN "OrderLine" l ON l."orderId" = o.id AND l.quantity > l."refundedQuantity"
      JOIN "Conversation" c ON c."visitorId" = o."visitorId" AND c."shopId" = o."shopId"
      JOIN "Event" e ON e."conversationId" = c.id AND e."shopId" = o."shopId" AND e.type = 'product_recommended'
        AND e.source = 'server' AND e."productId" = l."productId" AND e."occurredAt" <= o."placedAt"
        AND e."occurredAt" >= o."placedAt" - interval '${ATTRIBUTION_HOURS} hours'
      WHERE o."shopId" = $1 AND o.id = $2 AND o.status <> 'cancelled'
      ORDER BY l.id, e."occurredAt" DESC, e.id COLLATE "C" DESC
    ) t
    GROUP BY 1, 2, 3, 4, 5, 6
  ) k
  JOIN "Product" p ON p.id = k."productId"`);

export async function queueMatches(
  tx: Prisma.TransactionClient,
  shopId: string,
  orderId: string,
): Promise<void> {
  await tx.$executeRawUnsafe(QUEUE, shopId, orderId);
}
