import { requireMember } from "@/lib/auth/require-member";
import { loadProducts } from "@/lib/catalogue/load-catalogue";
import { answer } from "@/lib/http/answer";

export async function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const { shopId } = await requireMember(request, "agent");
    return loadProducts(shopId, new URL(request.url).searchParams.getAll("id"));
  });
}
