import { loadProducts } from "@/lib/catalogue/load-catalogue";
import { requireCatalogueView } from "@/lib/conversations/catalogue-asked";
import { answer } from "@/lib/http/answer";

export async function GET(request: Request): Promise<Response> {
  return answer(async () => {
    const view = await requireCatalogueView(request);
    return loadProducts(view, new URL(request.url).searchParams.getAll("id"));
  });
}
