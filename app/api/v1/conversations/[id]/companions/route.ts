import { requireConversationAccess } from "@/lib/conversations/access";
import { inviteCompanion } from "@/lib/conversations/companions/invite-companion";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** The dialog asks each time it is opened. */
const ALLOWANCE = { points: 30, seconds: 600 };

/** The customer wants somebody to look along. */
export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireConversationAccess(request.headers, (await route.params).id);
    await limit("invite-companion", access.conversationId, ALLOWANCE);
    return inviteCompanion(access);
  });
}
