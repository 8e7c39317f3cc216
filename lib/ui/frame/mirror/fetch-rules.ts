import type { ConversationId } from "@/lib/protocol/ids";
import { type MirrorRulesAnswer, mirrorRulesAnswerSchema } from "@/lib/protocol/mirror-rules";
import { bearer, call } from "../frame-api";

/** What the shop lets its people see of its pages, and where they may lead. @throws AppError */
export async function fetchMirrorRules(
  conversationId: ConversationId,
  visitorToken: string,
): Promise<MirrorRulesAnswer> {
  const answer = await call(`/api/v1/conversations/${conversationId}/mirror`, {
    headers: bearer(visitorToken),
  });
  return mirrorRulesAnswerSchema.parse(answer);
}
