import { requireMember } from "@/lib/auth/require-member";
import { loadRelated } from "@/lib/catalogue/load-catalogue";
import { answer } from "@/lib/http/answer";

export async function GET(
  request: Request,
  route: { params: Promise<{ productId: string }> },
): Promise<Response> {
  return answer(async () => {
    const { shopId } = await requireMember(request, "agent");
    return loadRelated(shopId, (await route.params).productId);
  });
}
