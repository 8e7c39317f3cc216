/** How far an own message got: on its way, stored, reached, read. Supervisors and companions look on and do not count. */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { LogMessage, LogParticipant, LogReceipt } from "./log-message";

export type Tick = "pending" | "failed" | "sent" | "delivered" | "seen";

export function tickOf(
  message: LogMessage,
  you: ParticipantId,
  participants: readonly LogParticipant[],
  receipts: readonly LogReceipt[],
): Tick {
  const { seq } = message;
  if (message.state === "failed") return "failed";
  if (seq === null) return "pending";
  const own = participants.find((one) => one.participantId === you);
  const readers = participants.filter(
    (one) =>
      one.participantId !== you &&
      (one.role === "customer" || one.role === "agent") &&
      one.role !== own?.role,
  );
  const reached = receipts.filter((one) =>
    readers.some((reader) => reader.participantId === one.participantId),
  );
  if (reached.some((one) => one.seenSeq >= seq)) return "seen";
  if (reached.some((one) => one.deliveredSeq >= seq)) return "delivered";
  return "sent";
}
