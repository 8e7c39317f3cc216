import { answer } from "@/lib/http/answer";
import { requireFilmAccess } from "@/lib/insights/replay/access";
import { loadFilm } from "@/lib/insights/replay/load-film";

export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const film = await loadFilm(
      await requireFilmAccess(request.headers, (await route.params).id),
      new Date(),
    );
    return Response.json(film, { headers: { "cache-control": "private, no-store" } });
  });
}
