/**
 * The way facts take to a shop's webhooks: rows written in the very statement that writes the fact, so that there is
 * neither a fact without its message nor a message without its fact, and nobody waits for anybody's server.
 * These are texts to be put together with the statements of lib/insights; nothing of a request is part of them.
 */

/** A point in time as JSON has it. */
export const jsonTime = (time: string) =>
  `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Writes one delivery an endpoint that wants it.
 * @param messages a query with the columns "shopId", "messageId" (of the fact, never the same for two), type, data, at
 */
export const queueMessages = (messages: string) => `
  INSERT INTO "WebhookDelivery" ("id", "shopId", "endpointId", "messageId", "type", "payload")
  SELECT gen_random_uuid()::text, m."shopId", e."id", m."messageId", m.type,
    jsonb_build_object('type', m.type, 'timestamp', ${jsonTime("m.at")}, 'data', m.data)
  FROM (${messages}) m
  JOIN "WebhookEndpoint" e ON e."shopId" = m."shopId" AND e."active" AND m.type = ANY(e."types")
  ON CONFLICT ("endpointId", "messageId") DO NOTHING`;
