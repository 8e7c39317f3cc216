/** What every write of the desk has in common: same origin, a member's access, an allowance. */
import { requireConversationAccess } from "@/lib/conversations/access";
import { type ConversationAccess, requireMemberOf } from "@/lib/conversations/conversation-access";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** Far more than hands can do. */
const ALLOWANCE = { points: 60, seconds: 60 };

export interface DeskRoute {
  readonly params: Promise<{ id: string }>;
}

export async function deskWrite(
  request: Request,
  route: DeskRoute,
  write: (access: ConversationAccess) => Promise<unknown>,
): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireConversationAccess(request.headers, (await route.params).id);
    const member = requireMemberOf(access, "agent");
    await limit("desk-write", member.memberId, ALLOWANCE);
    return write(access);
  });
}
