import { requireParticipantAccess } from "@/lib/conversations/access";
import { requireMaySend } from "@/lib/conversations/uploads/may-send";
import { sendItem } from "@/lib/export/send-item";
import { answer } from "@/lib/http/answer";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { limitExports } from "../../../answer-file";
import { requestWords } from "../../../request-words";

type Route = { params: Promise<{ id: string; itemId: string }> };

export async function POST(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, itemId } = await route.params;
    const requireMay = async () => {
      const access = await requireParticipantAccess(request.headers, id);
      requireMaySend(access);
      return access;
    };
    const access = await requireMay();
    await limitExports(access, "image/png");
    await sendItem(access, itemId, requestWords(request), requireMay, request.signal);
  });
}
