import { requireConversationAccess } from "@/lib/conversations/access";
import { giveSpokenCode } from "@/lib/conversations/spoken-code";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** Asked for by a press, and again when one has run out. */
const ALLOWANCE = { points: 30, seconds: 600 };

/** The customer is on the phone with somebody of the shop. */
export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireConversationAccess(request.headers, (await route.params).id);
    await limit("give-spoken-code", access.conversationId, ALLOWANCE);
    return giveSpokenCode(access);
  });
}
