/** The short-lived token that opens a room, for somebody who takes part (CO13). */
import { signRoomToken } from "@/lib/auth/tokens";
import type { ParticipantAccess } from "./conversation-access";

export async function createRoomToken(access: ParticipantAccess): Promise<string> {
  const { conversationId, shopId, participant, by } = access;
  const { participantId, role, name, color } = participant;
  const place = { conversationId, shopId, participantId, role, name, color };
  switch (by.kind) {
    case "member":
      return signRoomToken({ ...place, memberId: by.member.memberId });
    case "companion":
      return signRoomToken({ ...place, visitorId: by.visitorId, sinceSeq: by.sinceSeq });
    case "visitor":
      return signRoomToken({ ...place, visitorId: access.visitorId });
  }
}
