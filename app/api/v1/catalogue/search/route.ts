import { requireMember } from "@/lib/auth/require-member";
import { loadSearch } from "@/lib/catalogue/load-catalogue";
import { answer } from "@/lib/http/answer";

export async function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const { shopId } = await requireMember(request, "agent");
    const asked = new URL(request.url).searchParams;
    return loadSearch(shopId, {
      query: asked.get("q") ?? "",
      limit: asked.get("limit"),
      cursor: asked.get("cursor"),
    });
  });
}
