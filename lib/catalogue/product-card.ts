import { getDb } from "@/lib/db/client";
import type { ProductCard } from "@/lib/protocol/chat";
import { assetIdSchema, type ProductId, productIdSchema } from "@/lib/protocol/ids";
import type { CatalogueView } from "./catalogue-view";
import { type CardRow, facePicture, type ProductRow, productRow } from "./product-row";
import { findVersions } from "./versions";

/** The product as a card shows it now; null when this shop has no such product. */
export async function findProductCard(
  view: CatalogueView,
  productId: ProductId,
): Promise<ProductCard | null> {
  const where = { id: productId, shopId: view.shopId };
  const row = await getDb().product.findFirst({ where, include: productRow });
  return row && productCard({ ...row, ...(await findVersions(view, [row.id]))(row.id) });
}

/** The price on a card is that of the cheapest variant that can be bought; of the cheapest at all when none can. */
export function productCard(row: CardRow): ProductCard {
  const variants = row.variants.map((variant) => ({
    externalId: variant.externalId,
    label: variantLabel(variant, row.title),
    priceMinor: variant.priceMinor,
    saleMinor: variant.saleMinor,
    // Pre-orders and back-orders can be bought, too.
    available: row.active && variant.availability !== "out_of_stock",
  }));
  const buyable = variants.filter((variant) => variant.available);
  const cheapest = (buyable.length > 0 ? buyable : variants).reduce<(typeof variants)[number] | null>(
    (best, variant) => (best === null || toPay(variant) < toPay(best) ? variant : best),
    null,
  );
  const picture = facePicture(row.pictures);
  return {
    productId: productIdSchema.parse(row.id),
    externalId: row.externalId,
    title: row.title,
    url: row.url,
    priceMinor: cheapest?.priceMinor ?? null,
    saleMinor: cheapest?.saleMinor ?? null,
    currency: row.variants[0]?.currency ?? row.shop.currency,
    available: buyable.length > 0,
    pictureId: picture ? assetIdSchema.parse(picture.assetId) : null,
    variants,
  };
}

function toPay(variant: { readonly priceMinor: number; readonly saleMinor: number | null }): number {
  return variant.saleMinor ?? variant.priceMinor;
}

/** What tells a variant from its sisters: colour and size, else its own title, else the shop's id. */
export function variantLabel(
  variant: Pick<ProductRow["variants"][number], "color" | "size" | "title" | "externalId">,
  productTitle: string,
): string {
  const told = [variant.color, variant.size].filter((part) => part !== "").join(", ");
  if (told !== "") return told;
  return variant.title !== "" && variant.title !== productTitle ? variant.title : variant.externalId;
}
