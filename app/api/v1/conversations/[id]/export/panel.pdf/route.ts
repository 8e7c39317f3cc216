import { requireConversationAccess } from "@/lib/conversations/access";
import { exportPaper } from "@/lib/export/export-panel";
import { answer } from "@/lib/http/answer";
import { answerFile, limitExports } from "../answer-file";
import { requestWords } from "../request-words";

export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const access = await requireConversationAccess(request.headers, (await route.params).id);
    await limitExports(access, "application/pdf");
    return answerFile(await exportPaper(access, requestWords(request), request.signal));
  });
}
