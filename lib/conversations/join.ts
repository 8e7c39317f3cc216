/** Further people of the shop in a conversation: a second agent (CO9), a supervisor (CO10), and leaving again (CO5). */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import {
  type AccessParticipant,
  type ConversationAccess,
  requireMemberOf,
  requireNotClosed,
  requireParticipant,
} from "./conversation-access";
import { findTeam } from "./find-team";
import { putParticipant } from "./put-participant";
import { tellRoom } from "./tell-room";

/** @throws AppError conflict while the conversation waits: then it is accepted, not joined. */
export async function joinConversation(access: ConversationAccess): Promise<AccessParticipant> {
  const member = requireMemberOf(access, "agent");
  requireNotClosed(access);
  if (access.status === "waiting") throw new AppError("conflict", "nobody has accepted it yet");
  if (access.participant?.role === "agent") return access.participant;
  const participant = await take(access, "agent");
  await tellRoom(access.shopId, access.conversationId, { kind: "notice", code: "joined", name: member.name });
  return participant;
}

/** Read-only. An agent who takes part already keeps her rights. */
export async function superviseConversation(access: ConversationAccess): Promise<AccessParticipant> {
  requireMemberOf(access, "manager");
  requireNotClosed(access);
  if (access.participant !== null) return access.participant;
  const participant = await take(access, "supervisor");
  await tellRoom(access.shopId, access.conversationId, null);
  return participant;
}

async function take(access: ConversationAccess, role: "agent" | "supervisor"): Promise<AccessParticipant> {
  const member = requireMemberOf(access, "agent");
  return getDb().$transaction(async (tx) => {
    const participant = await putParticipant(tx, access.conversationId, member, role);
    // The row is locked now: an end that came in between is seen here, and a later one waits for us.
    const { status } = await tx.conversation.findUniqueOrThrow({
      where: { id: access.conversationId },
      select: { status: true },
    });
    if (status === "closed") throw new AppError("conversation_closed");
    return participant;
  });
}

export async function leaveConversation(access: ConversationAccess): Promise<void> {
  const member = requireMemberOf(access, "agent");
  const { conversationId, shopId, participant } = requireParticipant(access);
  await getDb().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Conversation" WHERE "id" = ${conversationId} FOR NO KEY UPDATE`;
    await tx.participant.update({ where: { id: participant.participantId }, data: { leftAt: new Date() } });
    const agents = { conversationId, role: "agent", leftAt: null } as const;
    const left = await tx.participant.findFirst({ where: agents, orderBy: { createdAt: "asc" } });
    const next =
      left === null
        ? { status: "waiting", memberId: null, teamId: null }
        : { memberId: left.memberId, teamId: await findTeam(tx, left.memberId) };
    await tx.conversation.updateMany({ where: { id: conversationId, status: "open" }, data: next });
  });
  roomsSlot.find()?.disconnect(participant.participantId);
  const notice = { kind: "notice", code: "left", name: member.name } as const;
  await tellRoom(
    shopId,
    conversationId,
    participant.role === "agent" && access.status === "open" ? notice : null,
  );
}
