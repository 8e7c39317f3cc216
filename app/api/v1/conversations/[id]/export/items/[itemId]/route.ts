import { requireConversationAccess } from "@/lib/conversations/access";
import { exportItem } from "@/lib/export/export-panel";
import { answer } from "@/lib/http/answer";
import { answerFile, limitExports } from "../../answer-file";
import { requestWords } from "../../request-words";

type Route = { params: Promise<{ id: string; itemId: string }> };

export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => {
    const { id, itemId } = await route.params;
    const access = await requireConversationAccess(request.headers, id);
    await limitExports(access, "image/png");
    return answerFile(await exportItem(access, itemId, requestWords(request), request.signal));
  });
}
