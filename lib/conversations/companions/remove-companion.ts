/** A companion is sent away (CO93), and the address by which she came leads nowhere any more. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { participantIdSchema } from "@/lib/protocol/ids";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { type ConversationAccess, requireNotClosed, requireParticipant } from "../conversation-access";
import { tellRoom } from "../tell-room";

/** @throws AppError forbidden for who is neither its customer nor one of its agents, not_found, conversation_closed */
export async function removeCompanion(access: ConversationAccess, companion: string): Promise<void> {
  const { conversationId, shopId, participant } = requireParticipant(access);
  if (participant.role !== "customer" && participant.role !== "agent")
    throw new AppError("forbidden", "only its customer and its agents send somebody away");
  requireNotClosed(access);
  const id = participantIdSchema.safeParse(companion);
  if (!id.success) throw new AppError("not_found", "no such companion");
  const name = await getDb().$transaction(async (tx) => {
    // First the code, which everybody who comes in waits for: she would be back before she is gone.
    await tx.conversation.update({ where: { id: conversationId }, data: { companionCode: null } });
    const row = await tx.participant.findFirst({
      where: { id: id.data, conversationId, role: "companion", leftAt: null },
    });
    if (row === null) throw new AppError("not_found", "no such companion");
    await tx.participant.update({ where: { id: row.id }, data: { leftAt: new Date() } });
    return row.name;
  });
  roomsSlot.find()?.disconnect(id.data);
  await tellRoom(shopId, conversationId, { kind: "notice", code: "left", name });
}
