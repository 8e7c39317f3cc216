/** The sync server's door and control ports, answered from conversations; lib/runtime wires them. */
import { verifyRoomToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, conversationIdSchema } from "@/lib/protocol/ids";
import type { Admission, Authorize, Claims, ConversationControl } from "@/lib/sync/server/ports";
import { endConversation } from "./end";
import { findConversation } from "./find-conversation";
import { lockDrawing } from "./lock";
import { findRoomMirror } from "./mirror-room";
import { parseParticipant } from "./participant-row";

export const authorize: Authorize = { admit, findConversation: findState };

export const conversationControl: ConversationControl = {
  setDrawingLocked: (_conversationId, locked, by) => lockDrawing(actor(by), locked),
  async end(conversationId, by) {
    const found = await findConversation(conversationId);
    if (found === null) throw new AppError("not_found");
    await endConversation({ ...actor(by), visitorId: found.visitorId });
  },
};

function actor({ conversationId, shopId, participantId, role, name, color }: Claims) {
  return { conversationId, shopId, participant: { participantId, role, name, color } };
}

/** A token is only a key: whether its bearer may still be here is read from the database at every door (CO13). */
async function admit(conversationId: string, token: string): Promise<Admission> {
  const id = conversationIdSchema.safeParse(conversationId);
  if (!id.success) return { kind: "refused", reason: "notFound" };
  const verified = await verify(token);
  if (verified === null || verified.claims.conversationId !== id.data) {
    return { kind: "refused", reason: "unauthorized" };
  }
  const { claims, expiresAt } = verified;
  const row = await getDb().participant.findUnique({
    where: { id: claims.participantId, conversationId: id.data },
    include: { conversation: { select: { status: true } } },
  });
  if (row === null) return { kind: "refused", reason: "notFound" };
  const samePerson =
    row.visitorId === (claims.visitorId ?? null) && row.memberId === (claims.memberId ?? null);
  const isOver = row.role === "companion" && row.conversation.status === "closed";
  if (!samePerson || row.leftAt !== null || row.role !== claims.role || isOver) {
    return { kind: "refused", reason: "forbidden" };
  }
  return { kind: "admitted", claims, expiresAt };
}

async function verify(token: string): Promise<{ claims: Claims; expiresAt: number } | null> {
  try {
    const { expiresAt, ...claims } = await verifyRoomToken(token);
    return { claims, expiresAt };
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthorized") return null;
    throw error;
  }
}

async function findState(conversationId: ConversationId) {
  const found = await findConversation(conversationId);
  if (found === null) return null;
  const { shopId, status, drawingLocked, participants } = found;
  const mirror = await findRoomMirror(conversationId);
  return {
    conversationId,
    shopId,
    status,
    drawingLocked,
    participants: participants.map((row) => ({
      ...parseParticipant(row),
      // With its end a conversation is none of a companion's business any more (CO92).
      ...((row.leftAt !== null || (row.role === "companion" && status === "closed")) && { hasLeft: true }),
    })),
    mirror,
  };
}
