import { getDb } from "@/lib/db/client";
import {
  type AssetId,
  assetIdSchema,
  type ProductId,
  productIdSchema,
  type ShopId,
} from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { variantLabel } from "./product-card";

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

/** By the shop's own id of a variant of this product; null when this shop has no such. */
export async function findVariant(
  shopId: ShopId,
  productId: ProductId,
  externalId: string,
): Promise<OfferedVariant | null> {
  if (!isStorable(externalId)) return null;
  const row = await getDb().variant.findFirst({
    where: { shopId, externalId, product: { id: productId, shopId } },
    include: { product: { include: { pictures: { orderBy: { position: "asc" }, take: 1 } } } },
  });
  if (row === null) return null;
  const { product } = row;
  const [picture] = product.pictures;
  return {
    productId: productIdSchema.parse(product.id),
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
