/** A companion comes in (CO91): a visitor of her own, who sees what is on the panel and what is said from now on. */
import { signVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, visitorIdSchema } from "@/lib/protocol/ids";
import { MAX_COMPANIONS } from "@/lib/protocol/limits";
import { freeColor } from "../colors";
import { tellRoom } from "../tell-room";
import { companionName } from "./companion-name";
import type { Invitation } from "./find-invitation";

export interface JoinedCompanion {
  readonly conversationId: ConversationId;
  /** Hers alone: by it she comes back after a reload. */
  readonly visitorToken: string;
}

/** @throws AppError not_found for what was taken back meanwhile, bad_request without a name, too_many */
export async function joinAsCompanion(invitation: Invitation, said: string): Promise<JoinedCompanion> {
  const { code, conversationId, shopId, customer, locale } = invitation;
  const name = companionName(said, customer, locale);
  if (name === null) throw new AppError("bad_request", "a companion needs a name");
  const visitorId = await getDb().$transaction(async (tx) => {
    // Two at once must not both be the last one who fits; and an end or a removal in between is seen here.
    const [held] = await tx.$queryRaw<{ companionCode: string | null; status: string; lastSeq: number }[]>`
      SELECT "companionCode", "status", "lastSeq" FROM "Conversation" WHERE "id" = ${conversationId} FOR NO KEY UPDATE`;
    if (held?.companionCode !== code || held.status === "closed") throw new AppError("not_found");
    const others = await tx.participant.findMany({
      where: { conversationId },
      select: { color: true, role: true, leftAt: true },
    });
    const here = others.filter(({ role, leftAt }) => role === "companion" && leftAt === null);
    if (here.length >= MAX_COMPANIONS) throw new AppError("too_many", "no room for another companion");
    const color = freeColor(others.map((other) => other.color));
    const { id } = await tx.visitor.create({
      data: {
        shopId,
        // She is nobody whom reports count, not even as somebody who is there now (CO94).
        lastSeenAt: new Date(0),
        participants: {
          create: { conversationId, role: "companion", name, color, sinceSeq: held.lastSeq },
        },
      },
      select: { id: true },
    });
    return visitorIdSchema.parse(id);
  });
  await tellRoom(shopId, conversationId, { kind: "notice", code: "companion_joined", name });
  return { conversationId, visitorToken: await signVisitorToken({ visitorId, shopId }) };
}
