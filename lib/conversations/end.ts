/** The end of a conversation (CO4): by its customer or an agent in it, once and for all. */
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { AppError } from "@/lib/protocol/errors";
import type { ParticipantAccess } from "./conversation-access";
import { tellRoom } from "./tell-room";

/** What ending needs to know; both the HTTP door and the room's control port have it. */
export type Ender = Pick<ParticipantAccess, "conversationId" | "shopId" | "visitorId" | "participant">;

export async function endConversation(by: Ender): Promise<void> {
  const { conversationId, shopId, visitorId, participant } = by;
  if (participant.role !== "customer" && participant.role !== "agent")
    throw new AppError("forbidden", "only its customer and its agents end it");
  const closedBy: "customer" | "agent" = participant.role === "customer" ? "customer" : "agent";
  const { count } = await getDb().conversation.updateMany({
    where: { id: conversationId, status: { not: "closed" } },
    data: { status: "closed", closedAt: new Date(), closedBy },
  });
  if (count === 0) return;
  const { participantId, name } = participant;
  const data = { by: closedBy };
  await recordEvent({ type: "conversation_closed", shopId, visitorId, conversationId, participantId, data });
  const code = closedBy === "customer" ? "ended_by_customer" : "ended_by_agent";
  await tellRoom(shopId, conversationId, { kind: "notice", code, name });
}
