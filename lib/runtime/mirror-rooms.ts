/** The mirrors hear of whatever concerns live rooms: from this process's routes, and from the other processes. */

import type { MirrorRelay } from "@/lib/mirror/relay/create-mirror-relay";
import { assertNever } from "@/lib/protocol/errors";
import type { RoomsPort } from "@/lib/protocol/rooms-port";
import type { NodeNotice } from "@/lib/sync/server/ports";

export function withMirrors(rooms: RoomsPort, mirrors: MirrorRelay): RoomsPort {
  return {
    ...rooms,
    async roomChanged(conversationId) {
      await rooms.roomChanged(conversationId);
      await mirrors.conversationChanged(conversationId);
    },
    disconnect(participantId) {
      rooms.disconnect(participantId);
      mirrors.disconnect(participantId);
    },
    disconnectMember(memberId, removed) {
      rooms.disconnectMember(memberId, removed);
      mirrors.disconnectMember(memberId, removed);
    },
  };
}

export function tellMirrors(mirrors: MirrorRelay, notice: NodeNotice): void {
  switch (notice.type) {
    case "changed":
      void mirrors.conversationChanged(notice.conversationId);
      break;
    case "disconnect":
      mirrors.disconnect(notice.participantId);
      break;
    case "disconnect-member":
      mirrors.disconnectMember(notice.memberId, notice.removed);
      break;
    case "desk":
      break;
    default:
      assertNever(notice);
  }
}
