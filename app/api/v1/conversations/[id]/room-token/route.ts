import { requireParticipantAccess } from "@/lib/conversations/access";
import { createRoomToken } from "@/lib/conversations/room-token";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";

/** A token lives five minutes; a bad line reconnects often. */
const ALLOWANCE = { points: 60, seconds: 60 };

export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireParticipantAccess(request.headers, (await route.params).id);
    const { participantId } = access.participant;
    await limit("room-token", participantId, ALLOWANCE);
    return { roomToken: await createRoomToken(access), participantId };
  });
}
