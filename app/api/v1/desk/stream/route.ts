import { openDeskStream } from "@/lib/conversations/desk-stream";
import { answer } from "@/lib/http/answer";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return answer(
    async () =>
      new Response(await openDeskStream(request.headers, request.signal), {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store, no-transform",
          // nginx would otherwise hold events back.
          "x-accel-buffering": "no",
        },
      }),
  );
}
