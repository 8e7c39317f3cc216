import type { ParticipantId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";

/** Messages of others that the shopper has not seen (FR13). What the server itself notes does not ring. */
export function unreadCount(
  snapshot: Pick<RoomSnapshot, "you" | "messages" | "receipts">,
  seenHere: number,
): number {
  const { you, messages, receipts } = snapshot;
  if (you === null) return 0;
  const seen = Math.max(seenHere, seenBefore(receipts, you));
  return messages.filter(
    (one) => one.seq !== null && one.seq > seen && one.participantId !== you && one.body.kind !== "notice",
  ).length;
}

function seenBefore(receipts: RoomSnapshot["receipts"], you: ParticipantId): number {
  return receipts.find((one) => one.participantId === you)?.seenSeq ?? 0;
}
