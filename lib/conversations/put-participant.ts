/** A member's place in a conversation: made at the first time, taken again after leaving, with its old colour (CO8). */
import type { Prisma } from "@/lib/db/client";
import type { ConversationId } from "@/lib/protocol/ids";
import type { ParticipantRole } from "@/lib/protocol/roles";
import { freeColor } from "./colors";
import type { AccessMember, AccessParticipant } from "./conversation-access";
import { parseParticipant } from "./participant-row";

export async function putParticipant(
  tx: Prisma.TransactionClient,
  conversationId: ConversationId,
  member: AccessMember,
  role: ParticipantRole,
): Promise<AccessParticipant> {
  const { memberId, name } = member;
  // Two agents joining at once must not get the same colour.
  await tx.$queryRaw`SELECT "id" FROM "Conversation" WHERE "id" = ${conversationId} FOR NO KEY UPDATE`;
  const others = await tx.participant.findMany({ where: { conversationId }, select: { color: true } });
  const row = await tx.participant.upsert({
    where: { conversationId_memberId: { conversationId, memberId } },
    create: { conversationId, memberId, role, name, color: freeColor(others.map((other) => other.color)) },
    update: { role, name, leftAt: null },
  });
  return parseParticipant(row);
}
