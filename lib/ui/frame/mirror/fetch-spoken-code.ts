import type { ConversationId } from "@/lib/protocol/ids";
import { type SpokenCodeAnswer, spokenCodeAnswerSchema } from "@/lib/protocol/spoken-code-answers";
import { bearer, call } from "../frame-api";

/** What she reads out on the phone. @throws AppError */
export async function fetchSpokenCode(
  conversationId: ConversationId,
  visitorToken: string,
): Promise<SpokenCodeAnswer> {
  const answer = await call(`/api/v1/conversations/${conversationId}/spoken-code`, {
    method: "POST",
    headers: bearer(visitorToken),
  });
  return spokenCodeAnswerSchema.parse(answer);
}
