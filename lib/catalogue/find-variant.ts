import { getDb } from "@/lib/db/client";
import { type AssetId, assetIdSchema, type ProductId, productIdSchema } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import type { CatalogueView } from "./catalogue-view";
import { variantLabel } from "./product-card";
import { stillOnly } from "./product-row";

/** One variant as it is offered. */
export interface OfferedVariant {
  readonly productId: ProductId;
  readonly externalId: string;
  /** Of the product. */
  readonly title: string;
  readonly label: string;
  readonly url: string;
  readonly pictureId: AssetId | null;
  readonly currency: string;
  /** Minor units of one piece, the sale's price if there is one. */
  readonly unitMinor: number;
  readonly available: boolean;
}

/** By the shop's own id of a variant of this product; null when this view has no such. */
export async function findVariant(
  view: CatalogueView,
  productId: ProductId,
  externalId: string,
): Promise<OfferedVariant | null> {
  if (!isStorable(externalId)) return null;
  const row = await (view.storefront === null
    ? getDb().variant.findFirst({
        where: { shopId: view.shopId, externalId, product: { id: productId, shopId: view.shopId } },
        include: { product: true },
      })
    : findVersion(view.storefront.storefrontId, productId, externalId));
  if (row === null) return null;
  const { product } = row;
  const picture = await getDb().productPicture.findFirst({
    where: { productId, ...stillOnly },
    orderBy: { position: "asc" },
    select: { assetId: true },
  });
  return {
    productId: productIdSchema.parse(row.productId),
    externalId: row.externalId,
    title: product.title,
    label: variantLabel(row, product.title),
    url: product.url,
    pictureId: picture ? assetIdSchema.parse(picture.assetId) : null,
    currency: row.currency,
    unitMinor: row.saleMinor ?? row.priceMinor,
    available: product.active && row.availability !== "out_of_stock",
  };
}

async function findVersion(storefrontId: string, productId: string, externalId: string) {
  const row = await getDb().variantVersion.findUnique({
    where: { storefrontId_externalId: { storefrontId, externalId }, productId },
    include: { version: true },
  });
  return row && { ...row, product: row.version };
}
