/** RoomsPort over the live rooms: HTTP routes act on a room exactly as its members see it. */
import { randomUUID } from "node:crypto";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import type { ConversationId } from "@/lib/protocol/ids";
import type { RoomsPort } from "@/lib/protocol/rooms-port";
import type { Claims } from "./ports";
import { putItem } from "./receive-control";
import type { Room } from "./room";
import type { Rooms } from "./rooms";

export function liveRoomsPort(rooms: Rooms): RoomsPort {
  const inRoom = async <T>(conversationId: ConversationId, run: (room: Room) => Promise<T>): Promise<T> => {
    const lease = await rooms.lease(conversationId);
    try {
      return await run(lease.room);
    } finally {
      lease.release();
    }
  };
  const closeWhere = (matches: (claims: Claims) => boolean, code: CloseCode) => {
    for (const room of rooms.live()) {
      for (const member of [...room.members]) if (matches(member.claims)) member.close(code);
    }
  };
  return {
    putItem: (conversationId, item, by) =>
      inRoom(conversationId, (room) =>
        putItem(room, item, by, () => {
          if (room.closed) throw new AppError("conversation_closed");
        }),
      ),
    postMessage: (conversationId, body, participantId, clientId = randomUUID()) =>
      inRoom(conversationId, async (room) => {
        const { message } = await room.chat.post({ clientId, participantId, body });
        return message;
      }),
    roomChanged: async (conversationId) => {
      await rooms.find(conversationId)?.refresh();
    },
    disconnect: (participantId) =>
      closeWhere((claims) => claims.participantId === participantId, closeCodes.forbidden),
    disconnectMember: (memberId, removed) =>
      closeWhere(
        (claims) => claims.memberId === memberId,
        removed ? closeCodes.forbidden : closeCodes.unauthorized,
      ),
    onlineParticipants: (conversationId) => rooms.find(conversationId)?.online() ?? [],
  };
}
