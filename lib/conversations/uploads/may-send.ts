import { AppError } from "@/lib/protocol/errors";
import { rightsOf } from "@/lib/protocol/roles";
import { type ParticipantAccess, requireNotClosed } from "../conversation-access";

/** @throws AppError conversation_closed, forbidden */
export function requireMaySend(access: ParticipantAccess): void {
  requireNotClosed(access);
  const room = { closed: false, drawingLocked: access.drawingLocked };
  if (!rightsOf(access.participant.role, room).show)
    throw new AppError("forbidden", "may not show files here");
}
