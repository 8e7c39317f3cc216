import { answer } from "@/lib/http/answer";
import { readJson } from "@/lib/http/read-json";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { requireFilmAccess } from "@/lib/insights/replay/access";
import { createPassage } from "@/lib/insights/replay/passages";
import { newPassageSchema } from "@/lib/protocol/film";

export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    requireSameOrigin(request.headers);
    const access = await requireFilmAccess(request.headers, (await route.params).id);
    return createPassage(access, await readJson(request, newPassageSchema));
  });
}
