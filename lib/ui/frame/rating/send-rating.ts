import type { ConversationId } from "@/lib/protocol/ids";
import type { Score } from "@/lib/protocol/rating";
import { bearer, call } from "../frame-api";

/** @throws AppError */
export async function sendRating(
  conversationId: ConversationId,
  visitorToken: string,
  score: Score,
): Promise<void> {
  await call(`/api/v1/conversations/${conversationId}/rating`, {
    method: "POST",
    headers: { ...bearer(visitorToken), "content-type": "application/json" },
    body: JSON.stringify({ score }),
  });
}
