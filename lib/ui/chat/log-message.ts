/** What the log shows: the room's own values, narrowed to what is needed here. */
import type { RoomParticipant } from "@/lib/protocol/control";
import type { RoomMessage, RoomReceipt } from "@/lib/sync/client/room";

/** A stored message, or one of ours that the server has not numbered yet. */
export type LogMessage = RoomMessage;
export type LogReceipt = RoomReceipt;
export type LogParticipant = Pick<RoomParticipant, "participantId" | "role" | "name" | "color">;
