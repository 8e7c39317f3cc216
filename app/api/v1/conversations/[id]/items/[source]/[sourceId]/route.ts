import { findView } from "@/lib/catalogue/catalogue-view";
import { loadItem } from "@/lib/catalogue/load-item";
import { requireConversationAccess } from "@/lib/conversations/access";
import { mayHaveOriginals, readerOf } from "@/lib/conversations/conversation-access";
import { answer } from "@/lib/http/answer";

type Route = { params: Promise<{ id: string; source: string; sourceId: string }> };

export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    const { id, source, sourceId } = await route.params;
    const access = await requireConversationAccess(request.headers, id);
    const view = await findView(access.shopId, access.storefrontId);
    return loadItem(
      { ...access, view, reader: readerOf(access), mayHaveOriginals: mayHaveOriginals(access) },
      {
        source,
        sourceId,
        productId: new URL(request.url).searchParams.get("product"),
      },
    );
  });
}
