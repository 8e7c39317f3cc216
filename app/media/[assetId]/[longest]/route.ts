import { answer } from "@/lib/http/answer";
import { servePicture } from "@/lib/media/serve-picture";

type Route = { params: Promise<{ assetId: string; longest: string }> };

export async function GET(request: Request, route: Route): Promise<Response> {
  return answer(async () => servePicture(request, await route.params));
}

export const HEAD = GET;
