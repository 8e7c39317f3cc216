/** What an installation tells shops' servers by itself: the kinds of messages and what each holds (docs/webhooks.md). */
import * as z from "zod/mini";

export const webhookTypes = [
  "conversation.started",
  "conversation.ended",
  "recommendation.made",
  "product.added_to_cart",
  "order.matched",
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** What an admin sends to see whether anybody is there; goes to every endpoint, whatever it asked for. */
export const TEST_TYPE = "webhook.test";

const conversationId = z.string();
const time = z.iso.datetime();
/** The shop's own id of a product. */
const productId = z.string();
const minor = z.int();

/** `data` of each kind. */
export const webhookDataSchemas = {
  "conversation.started": z.object({ conversationId, startedAt: time }),
  "conversation.ended": z.object({
    conversationId,
    startedAt: time,
    acceptedAt: z.nullable(time),
    endedAt: z.nullable(time),
    endedBy: z.nullable(z.string()),
    /** Name of the agent who accepted it. */
    agent: z.nullable(z.string()),
  }),
  "recommendation.made": z.object({
    conversationId,
    productId: z.nullable(productId),
    agent: z.nullable(z.string()),
    at: time,
  }),
  /** A claim: only the visitor's browser says so. */
  "product.added_to_cart": z.object({
    productId,
    /** Pieces more than before. */
    quantity: z.int(),
    unitMinor: minor,
    currency: z.string(),
    /** Her latest conversation, if she has one. */
    conversationId: z.nullable(conversationId),
    at: time,
  }),
  "order.matched": z.object({
    orderId: z.string(),
    /** False: so far only the visitor's browser says that there is such an order. */
    confirmed: z.boolean(),
    placedAt: time,
    conversationId,
    recommendedAt: time,
    productId,
    /** Pieces and amount of the order's lines that are credited to this recommendation. */
    quantity: z.int(),
    totalMinor: minor,
    currency: z.string(),
  }),
} as const satisfies Record<WebhookType, z.ZodMiniType>;
