import { requireConversationAccess } from "@/lib/conversations/access";
import { uncover } from "@/lib/conversations/uncover";
import { answer } from "@/lib/http/answer";
import { requireSameOrigin } from "@/lib/http/same-origin";

type Route = { params: Promise<{ id: string; assetId: string }> };

export async function POST(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, assetId } = await route.params;
    await uncover(await requireConversationAccess(request.headers, id), assetId);
  });
}
