import { requireConversationAccess } from "@/lib/conversations/access";
import { removeCompanion } from "@/lib/conversations/companions/remove-companion";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Route = { params: Promise<{ id: string; participantId: string }> };

const ALLOWANCE = { points: 30, seconds: 600 };

/** A companion is sent away. */
export async function DELETE(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, participantId } = await route.params;
    const access = await requireConversationAccess(request.headers, id);
    await limit("remove-companion", access.conversationId, ALLOWANCE);
    await removeCompanion(access, participantId);
  });
}
