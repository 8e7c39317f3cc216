import { answer } from "@/lib/http/answer";
import { requireFilmAccess } from "@/lib/insights/replay/access";
import { readJournal } from "@/lib/insights/replay/panel-part";

export async function GET(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  return answer(async () => {
    const query = new URL(request.url).searchParams;
    const access = await requireFilmAccess(request.headers, (await route.params).id, query.get("passage"));
    const after = query.get("after");
    return new Response(await readJournal(access, after, new Date()), {
      headers: {
        "content-type": "application/octet-stream",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}
