/** Words in conversations, for this module's tests. */
import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";

/** One message after all others, by one participant of each role. @param kind of lib/protocol/chat */
export async function say(
  { conversationId }: { readonly conversationId: string },
  role: "customer" | "agent" | "supervisor",
  createdAt: Date,
  kind: "text" | "notice" = "text",
): Promise<void> {
  const db = getDb();
  const participant =
    (await db.participant.findFirst({ where: { conversationId, role } })) ??
    (await db.participant.create({ data: { conversationId, role, name: role, color: 1 } }));
  const seq = (await db.message.count({ where: { conversationId } })) + 1;
  await db.message.create({
    data: {
      conversationId,
      seq,
      clientId: randomUUID(),
      participantId: participant.id,
      body: { kind, text: "Hello" },
      createdAt,
    },
  });
}
