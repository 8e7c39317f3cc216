import type { RoomSnapshot } from "@/lib/sync/client/room";

/** Messages of others above what I have seen; the server's own notices do not count. */
export function unreadIn(snapshot: Pick<RoomSnapshot, "you" | "receipts" | "messages">): number {
  const { you, receipts, messages } = snapshot;
  const seen = receipts.find((receipt) => receipt.participantId === you)?.seenSeq ?? 0;
  return messages.filter(
    ({ seq, participantId }) => seq !== null && seq > seen && participantId !== null && participantId !== you,
  ).length;
}
