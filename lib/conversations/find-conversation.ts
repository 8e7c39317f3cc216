/** One conversation with everybody who ever took part, ids branded. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { conversationStatuses } from "@/lib/protocol/control";
import { type ConversationId, conversationIdSchema, shopIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import { localeSchema } from "./locale-schema";

const headSchema = z.object({
  conversationId: conversationIdSchema,
  shopId: shopIdSchema,
  visitorId: visitorIdSchema,
  status: z.enum(conversationStatuses),
  drawingLocked: z.boolean(),
  locale: localeSchema,
  storefrontId: z.nullable(z.string()),
});

export async function findConversation(conversationId: ConversationId) {
  const row = await getDb().conversation.findUnique({
    where: { id: conversationId },
    include: { participants: { orderBy: { createdAt: "asc" } } },
  });
  if (row === null) return null;
  const { participants, createdAt, acceptedAt, closedAt } = row;
  return {
    ...headSchema.parse({ ...row, conversationId: row.id }),
    participants,
    createdAt,
    acceptedAt,
    closedAt,
  };
}
