/** Whether the customer may draw (CO11); an agent who takes part decides. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ParticipantAccess } from "./conversation-access";
import { tellRoom } from "./tell-room";

export type Locker = Pick<ParticipantAccess, "conversationId" | "shopId" | "participant">;

export async function lockDrawing(by: Locker, locked: boolean): Promise<void> {
  const { conversationId, shopId, participant } = by;
  if (participant.role !== "agent") throw new AppError("forbidden", "only an agent locks drawing");
  const { count } = await getDb().conversation.updateMany({
    where: { id: conversationId, status: { not: "closed" }, drawingLocked: !locked },
    data: { drawingLocked: locked },
  });
  if (count === 0) return refuseWhenClosed(conversationId);
  const code = locked ? "drawing_locked" : "drawing_unlocked";
  await tellRoom(shopId, conversationId, { kind: "notice", code, name: participant.name });
}

/** Nothing changed: either it was so already, which is fine, or the conversation is closed (CO6). */
async function refuseWhenClosed(conversationId: string): Promise<void> {
  const row = await getDb().conversation.findUnique({
    where: { id: conversationId },
    select: { status: true },
  });
  if (row === null) throw new AppError("not_found");
  if (row.status === "closed") throw new AppError("conversation_closed");
}
