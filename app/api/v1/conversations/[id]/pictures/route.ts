import { requireParticipantAccess } from "@/lib/conversations/access";
import { addPicture, requireMayAddPictures } from "@/lib/conversations/add-picture";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { readUpload } from "@/lib/media/read-upload";

/** Pictures one participant may send: a whole album at once, but not one after the other all day. */
const ALLOWANCE = { points: 40, seconds: 600 };

export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireParticipantAccess(request.headers, (await route.params).id);
    requireMayAddPictures(access);
    await limit("picture", access.participant.participantId, ALLOWANCE);
    return addPicture(access, await readUpload(request));
  });
}
