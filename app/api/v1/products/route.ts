import { listProducts } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { loadSearch } from "@/lib/catalogue/load-catalogue";

export const GET = serve(listProducts, async ({ shopId, query: { q, limit, cursor } }) => {
  const asked = new URLSearchParams({ q, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
  const found = await loadSearch(ownCatalogue(shopId), asked);
  return {
    products: found.products.map((product) => ({
      id: product.externalId,
      title: product.title,
      url: product.url,
      brand: product.brand,
      category: product.category,
      currency: product.currency,
      priceMinor: product.priceMinor,
      saleMinor: product.saleMinor,
      available: product.available,
      variants: product.variants.map(({ externalId, label, priceMinor, saleMinor, available }) => ({
        id: externalId,
        label,
        priceMinor,
        saleMinor,
        available,
      })),
    })),
    next: found.next,
  };
});
