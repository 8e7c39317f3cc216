import { randomUUID } from "node:crypto";
import type { PrismaClient } from "@/lib/db/client";
import { conversationIdSchema, participantIdSchema, shopIdSchema } from "@/lib/protocol/ids";

/** A shop, a visitor and her open conversation with an agent, as rows. */
export async function insertConversation(db: PrismaClient) {
  const shop = await db.shop.create({ data: { key: randomUUID(), name: "Test shop" } });
  const visitor = await db.visitor.create({ data: { shopId: shop.id } });
  const conversation = await db.conversation.create({
    data: { shopId: shop.id, visitorId: visitor.id, status: "open" },
  });
  const add = async (role: string) => {
    const row = await db.participant.create({
      data: { conversationId: conversation.id, role, name: role, color: 0 },
    });
    return participantIdSchema.parse(row.id);
  };
  return {
    shopId: shopIdSchema.parse(shop.id),
    conversationId: conversationIdSchema.parse(conversation.id),
    customer: await add("customer"),
    agent: await add("agent"),
  };
}
