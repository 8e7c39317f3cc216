/** What the log shows: the room's own values, narrowed to what is needed here. */
import type { ChatMessage } from "@/lib/protocol/chat";
import type { RoomParticipant } from "@/lib/protocol/control";
import type { ParticipantId } from "@/lib/protocol/ids";

/** A stored message, or one of ours that the server has not answered yet. */
export type LogMessage = ChatMessage & { readonly pending?: boolean };

export type LogParticipant = Pick<RoomParticipant, "participantId" | "role" | "name" | "color">;

export interface LogReceipt {
  readonly participantId: ParticipantId;
  readonly deliveredSeq: number;
  readonly seenSeq: number;
}
