import { loadRelated } from "@/lib/catalogue/load-catalogue";
import { requireCatalogueView } from "@/lib/conversations/catalogue-asked";
import { answer } from "@/lib/http/answer";

export async function GET(
  request: Request,
  route: { params: Promise<{ productId: string }> },
): Promise<Response> {
  return answer(async () => {
    const view = await requireCatalogueView(request);
    return loadRelated(view, (await route.params).productId);
  });
}
