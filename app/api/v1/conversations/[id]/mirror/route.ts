import { requireParticipantAccess } from "@/lib/conversations/access";
import { loadMirrorRules } from "@/lib/conversations/load-mirror-rules";
import { answer } from "@/lib/http/answer";

export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () =>
    loadMirrorRules(await requireParticipantAccess(request.headers, (await route.params).id)),
  );
}
