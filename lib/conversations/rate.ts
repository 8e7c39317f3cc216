/** How its customer found a conversation (CO80-CO83): asked once it has ended, and her last word counts. */
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { AppError } from "@/lib/protocol/errors";
import type { Score } from "@/lib/protocol/rating";
import type { ConversationAccess } from "./conversation-access";

/** Milliseconds after the end: a frame may stay open over a weekend, but after a week nobody means that conversation. */
export const RATED_WITHIN_MS = 7 * 24 * 60 * 60 * 1_000;

/** @throws AppError forbidden for everybody but the customer; conflict while it goes on, when nobody took it, or too late */
export async function rateConversation(
  access: ConversationAccess,
  score: Score,
  now = new Date(),
): Promise<void> {
  const { conversationId, shopId, visitorId, by } = access;
  if (by.kind !== "visitor") throw new AppError("forbidden", "only its customer says how it was");
  const id = conversationId;
  const since = new Date(now.getTime() - RATED_WITHIN_MS);
  const { count } = await getDb().conversation.updateMany({
    where: {
      ...{ id, status: "closed", acceptedAt: { not: null }, closedAt: { gte: since } },
      OR: [{ score: null }, { score: { not: score } }],
    },
    data: { score, ratedAt: now },
  });
  if (count === 0) return refuseUnlessSaid(id, since);
  await recordEvent({ type: "conversation_rated", shopId, visitorId, conversationId, data: { score } });
}

/** Nothing changed: either she has said just that before, which is fine, or it cannot be rated. */
async function refuseUnlessSaid(id: string, since: Date): Promise<void> {
  const row = await getDb().conversation.findUnique({
    where: { id },
    select: { acceptedAt: true, closedAt: true },
  });
  if (row === null) throw new AppError("not_found");
  if (row.closedAt === null) throw new AppError("conflict", "it has not ended");
  if (row.acceptedAt === null) throw new AppError("conflict", "nobody took it");
  if (row.closedAt < since) throw new AppError("conflict", "it ended too long ago");
}
