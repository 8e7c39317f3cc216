/**
 * Tells the shop's webhooks which lines of an order are credited to a recommendation (IN77), once each. By the shop's own
 * rule: when it shares a line among several, each conversation's message names its part.
 */
import type { Prisma } from "@/lib/db/client";
import { jsonTime, queueMessages } from "@/lib/webhooks/outbox";
import { creditsSql, ruleSql, standingLinesSql } from "../internal/attribution-sql";

/** $1 shop, $2 order. A claim and its proof are two messages: the second says that it is confirmed. */
const QUEUE = queueMessages(`
  WITH ${ruleSql}, ${standingLinesSql("o.id = $2")}, ${creditsSql(["recommended"])}
  SELECT $1::text AS "shopId",
    'order_' || $2::text || '_' || k."conversationId" || '_' || k."productId" || CASE WHEN k.confirmed THEN '_confirmed' ELSE '' END
      AS "messageId",
    'order.matched' AS type, k."placedAt" AS at,
    jsonb_build_object('orderId', o."externalId", 'confirmed', k.confirmed, 'placedAt', ${jsonTime('k."placedAt"')},
      'conversationId', k."conversationId", 'recommendedAt', ${jsonTime("k.at")}, 'productId', p."externalId",
      'quantity', k.quantity, 'totalMinor', k.minor, 'currency', k.currency) AS data
  FROM (
    SELECT currency, "placedAt", confirmed, "conversationId", "productId", max("touchedAt") AS at,
      sum(quantity)::int AS quantity, sum(minor) AS minor
    FROM credits GROUP BY 1, 2, 3, 4, 5
  ) k
  JOIN "Order" o ON o.id = $2
  JOIN "Product" p ON p.id = k."productId"`);

export async function queueMatches(
  tx: Prisma.TransactionClient,
  shopId: string,
  orderId: string,
): Promise<void> {
  await tx.$executeRawUnsafe(QUEUE, shopId, orderId);
}
