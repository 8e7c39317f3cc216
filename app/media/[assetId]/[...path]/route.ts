import { recordSavedOriginal } from "@/lib/conversations/record-saved-original";
import { answer } from "@/lib/http/answer";
import { serveMedia } from "@/lib/media/serve-media";

type Route = { params: Promise<{ assetId: string; path: string[] }> };

export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => serveMedia(request, await route.params, recordSavedOriginal));
}

export const HEAD = GET;
