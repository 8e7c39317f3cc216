/** Products as a storefront has them, to be laid over what the shop itself says of them. */
import { getDb } from "@/lib/db/client";
import type { CatalogueView } from "./catalogue-view";
import type { CardRow } from "./product-row";

interface Version {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  readonly category: string;
  readonly active: boolean;
  readonly priceFromMinor: number | null;
  readonly variants: CardRow["variants"];
  readonly shop: { readonly currency: string };
}

/**
 * What to lay over each product's row; nothing in the shop's own view. A product that the storefront does not have keeps
 * its name and pictures and loses everything that could be taken for an offer: another storefront's price is no price.
 */
export async function findVersions(
  { storefront }: CatalogueView,
  productIds: readonly string[],
): Promise<(productId: string) => Partial<Version>> {
  if (storefront === null) return () => ({});
  const { storefrontId, currency } = storefront;
  const rows = await getDb().productVersion.findMany({
    where: { storefrontId, productId: { in: [...productIds] } },
    include: { variants: { orderBy: { position: "asc" } } },
  });
  const shop = { currency };
  const notSold = { active: false, priceFromMinor: null, variants: [], shop };
  const byId = new Map(rows.map((row) => [row.productId, row]));
  return (productId) => {
    const row = byId.get(productId);
    if (row === undefined) return notSold;
    const { title, description, url, brand, category, active, priceFromMinor, variants } = row;
    return { title, description, url, brand, category, active, priceFromMinor, variants, shop };
  };
}

/** The product's title there; the shop's own where it has none. */
export async function titleIn(view: CatalogueView, productId: string, own: string): Promise<string> {
  if (view.storefront === null) return own;
  const { storefrontId } = view.storefront;
  const row = await getDb().productVersion.findUnique({
    where: { storefrontId_productId: { storefrontId, productId } },
    select: { title: true },
  });
  return row?.title ?? own;
}
