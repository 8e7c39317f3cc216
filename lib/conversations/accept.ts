/** An agent takes a waiting conversation; of two at once, exactly one gets it (CO3). */
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { AppError } from "@/lib/protocol/errors";
import type { AccessParticipant, ConversationAccess } from "./conversation-access";
import { requireMemberOf, requireNotClosed } from "./conversation-access";
import { findTeam } from "./find-team";
import { putParticipant } from "./put-participant";
import { tellRoom } from "./tell-room";

export async function acceptConversation(access: ConversationAccess): Promise<AccessParticipant> {
  const member = requireMemberOf(access, "agent");
  requireNotClosed(access);
  const { conversationId, shopId, visitorId } = access;
  const outcome = await getDb().$transaction(async (tx) => {
    // The row decides, not what was read before: the loser of a race changes no row.
    const teamId = await findTeam(tx, member.memberId);
    const { count } = await tx.conversation.updateMany({
      where: { id: conversationId, status: "waiting" },
      data: { status: "open", memberId: member.memberId, teamId, acceptedAt: new Date() },
    });
    const participant = count === 1 ? await putParticipant(tx, conversationId, member, "agent") : null;
    return { participant };
  });
  if (outcome.participant === null) return alreadyTaken(access, member.memberId);
  const { participantId } = outcome.participant;
  const { memberId } = member;
  await recordEvent({
    type: "conversation_accepted",
    shopId,
    visitorId,
    conversationId,
    participantId,
    memberId,
  });
  await tellRoom(shopId, conversationId, { kind: "notice", code: "accepted", name: member.name });
  return outcome.participant;
}

async function alreadyTaken(access: ConversationAccess, memberId: string): Promise<AccessParticipant> {
  const row = await getDb().conversation.findUniqueOrThrow({
    where: { id: access.conversationId },
    select: { status: true, memberId: true, member: { select: { user: { select: { name: true } } } } },
  });
  if (row.status === "closed") throw new AppError("conversation_closed");
  if (row.memberId === memberId && access.participant !== null) return access.participant;
  throw new AppError("conflict", `already accepted by ${row.member?.user.name ?? "a colleague"}`);
}
