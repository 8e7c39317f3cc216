import { requireParticipantAccess } from "@/lib/conversations/access";
import { beginUpload } from "@/lib/conversations/uploads/receive";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** Files one participant may send: a whole album at once, but not one after the other all day. */
const ALLOWANCE = { points: 40, seconds: 600 };

export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireParticipantAccess(request.headers, (await route.params).id);
    await limit("upload", access.participant.participantId, ALLOWANCE);
    return beginUpload(access, request);
  });
}
