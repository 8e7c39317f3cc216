/** RoomsPort over the live rooms: HTTP routes act on a room exactly as its members see it. */
import { randomUUID } from "node:crypto";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { AppError, assertNever } from "@/lib/protocol/errors";
import type { ConversationId, MemberId, ParticipantId } from "@/lib/protocol/ids";
import type { RoomsPort } from "@/lib/protocol/rooms-port";
import type { Claims, Fanout } from "./ports";
import { putItem, uncover } from "./receive-control";
import type { Room } from "./room";
import type { Rooms } from "./rooms";

/** @param fanout the rooms that other nodes hold: what concerns them is told there too */
export function liveRoomsPort(rooms: Rooms, fanout: Fanout): RoomsPort {
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
  const roomChanged = async (conversationId: ConversationId) => {
    await rooms.find(conversationId)?.refresh();
  };
  const disconnect = (participantId: ParticipantId) =>
    closeWhere((claims) => claims.participantId === participantId, closeCodes.forbidden);
  const disconnectMember = (memberId: MemberId, removed: boolean) =>
    closeWhere(
      (claims) => claims.memberId === memberId,
      removed ? closeCodes.forbidden : closeCodes.unauthorized,
    );
  fanout.onNotice((notice) => {
    switch (notice.type) {
      case "changed":
        roomChanged(notice.conversationId).catch((error) =>
          rooms.find(notice.conversationId)?.log("the room was not read again", error),
        );
        break;
      case "disconnect":
        disconnect(notice.participantId);
        break;
      case "disconnect-member":
        disconnectMember(notice.memberId, notice.removed);
        break;
      case "desk":
        break;
      default:
        assertNever(notice);
    }
  });
  return {
    putItem: (conversationId, item, by) =>
      inRoom(conversationId, (room) =>
        putItem(room, item, by, () => {
          if (room.closed) throw new AppError("conversation_closed");
        }),
      ),
    uncover: (conversationId, assetId, by) => inRoom(conversationId, (room) => uncover(room, assetId, by)),
    postMessage: (conversationId, body, participantId, clientId = randomUUID()) =>
      inRoom(conversationId, async (room) => {
        const { message } = await room.chat.post({ clientId, participantId, body });
        return message;
      }),
    async roomChanged(conversationId) {
      fanout.announce({ type: "changed", conversationId });
      await roomChanged(conversationId);
    },
    disconnect(participantId) {
      fanout.announce({ type: "disconnect", participantId });
      disconnect(participantId);
    },
    disconnectMember(memberId, removed) {
      fanout.announce({ type: "disconnect-member", memberId, removed });
      disconnectMember(memberId, removed);
    },
  };
}
