/** The short-lived token that opens a room, for somebody who takes part (CO13). */
import { signRoomToken } from "@/lib/auth/tokens";
import type { ParticipantAccess } from "./conversation-access";

export async function createRoomToken(access: ParticipantAccess): Promise<string> {
  const { conversationId, shopId, participant, by } = access;
  const { participantId, role, name, color } = participant;
  const who = by.kind === "member" ? { memberId: by.member.memberId } : { visitorId: access.visitorId };
  return signRoomToken({ conversationId, shopId, participantId, role, name, color, ...who });
}
