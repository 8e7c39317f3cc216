import { answer } from "@/lib/http/answer";
import { requireFilmAccess } from "@/lib/insights/replay/access";
import { loadFilm } from "@/lib/insights/replay/load-film";

export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const passage = new URL(request.url).searchParams.get("passage");
    const access = await requireFilmAccess(request.headers, (await route.params).id, passage);
    const film = await loadFilm(access, new Date());
    return Response.json(film, { headers: { "cache-control": "private, no-store" } });
  });
}
