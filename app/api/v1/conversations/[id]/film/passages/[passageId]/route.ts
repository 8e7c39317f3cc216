import { answer } from "@/lib/http/answer";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { requireFilmAccess } from "@/lib/insights/replay/access";
import { deletePassage } from "@/lib/insights/replay/passages";

type Route = { params: Promise<{ id: string; passageId: string }> };

export async function DELETE(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const { id, passageId } = await route.params;
    await deletePassage(await requireFilmAccess(request.headers, id), passageId);
  });
}
