import { answer } from "@/lib/http/answer";
import { eventStream } from "@/lib/http/event-stream";
import { openLiveStream } from "@/lib/insights/live/live-stream";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return answer(async () => eventStream(await openLiveStream(request.headers, request.signal)));
}
