import { openDeskStream } from "@/lib/conversations/desk-stream";
import { answer } from "@/lib/http/answer";
import { eventStream } from "@/lib/http/event-stream";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return answer(async () => eventStream(await openDeskStream(request.headers, request.signal)));
}
