import { getDb } from "@/lib/db/client";
import { type AssetVideo, videoOf } from "@/lib/media/asset-video";
import { type AssetId, assetIdSchema, type ProductId, productIdSchema } from "@/lib/protocol/ids";
import type { CatalogueView } from "./catalogue-view";
import { titleIn } from "./versions";

/** A picture or video of the catalogue that a conversation of this shop may show; protocol's rooms port names it NewItem. */
export interface ProductPicture {
  readonly source: "product";
  readonly assetId: AssetId;
  readonly productId: ProductId;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Of the product, as the view has it. */
  readonly title: string;
  /** Of a video, milliseconds; null for a picture. */
  readonly duration: number | null;
  readonly page: null;
  /** Longest sides, pixels, smallest first; of a video, those of its poster, of which there may be none. */
  readonly sizes: readonly number[];
  /** Side of a tile, pixels; null without tiles. */
  readonly tileSize: number | null;
  /** Null for a picture. */
  readonly video: AssetVideo | null;
}

/** The product's picture at `pictureIndex` (0 the first, its videos behind the last one); null when the shop has no such product or picture. */
export function findProductPicture(
  view: CatalogueView,
  productId: ProductId,
  pictureIndex: number,
): Promise<ProductPicture | null> {
  if (!Number.isSafeInteger(pictureIndex) || pictureIndex < 0) return Promise.resolve(null);
  return findPicture(view, { product: { id: productId, shopId: view.shopId } }, pictureIndex);
}

/** The shop's catalogue picture of this id; `productId` says whose, when several products share it. */
export function findCataloguePicture(
  view: CatalogueView,
  assetId: AssetId,
  productId: ProductId | null,
): Promise<ProductPicture | null> {
  return findPicture(
    view,
    { assetId, product: { shopId: view.shopId, ...(productId && { id: productId }) } },
    0,
  );
}

async function findPicture(
  view: CatalogueView,
  where: { readonly assetId?: string; readonly product: { readonly shopId: string; readonly id?: string } },
  skip: number,
): Promise<ProductPicture | null> {
  const row = await getDb().productPicture.findFirst({
    where,
    // Counted as they are shown: each once.
    distinct: ["productId", "assetId"],
    orderBy: [{ productId: "asc" }, { position: "asc" }],
    skip,
    include: { asset: true, product: { select: { id: true, title: true } } },
  });
  return (
    row && {
      source: "product",
      assetId: assetIdSchema.parse(row.assetId),
      productId: productIdSchema.parse(row.product.id),
      width: row.asset.width,
      height: row.asset.height,
      title: await titleIn(view, row.product.id, row.product.title),
      duration: row.asset.durationMs,
      page: null,
      tileSize: row.asset.tileSize,
      sizes: row.asset.sizes,
      video: videoOf(row.asset),
    }
  );
}
