import { getDb } from "@/lib/db/client";
import type { ProductId, ShopId } from "@/lib/protocol/ids";

export interface ProductPictures {
  readonly title: string;
  /** In the shop; empty where it has none. */
  readonly url: string;
  readonly pictures: readonly {
    readonly assetId: string;
    /** Of the upright picture, pixels. */
    readonly width: number;
    readonly height: number;
    readonly sizes: readonly number[];
  }[];
}

/** A product of this shop with its pictures in the catalogue's order, each once, videos and what has no file left out; null when it has no such product. */
export async function findProductPictures(
  shopId: ShopId,
  productId: ProductId,
): Promise<ProductPictures | null> {
  const product = await getDb().product.findFirst({
    where: { id: productId, shopId },
    select: {
      title: true,
      url: true,
      pictures: {
        where: { asset: { videoType: null, sizes: { isEmpty: false } } },
        distinct: ["assetId"],
        orderBy: { position: "asc" },
        select: { asset: { select: { id: true, width: true, height: true, sizes: true } } },
      },
    },
  });
  if (product === null) return null;
  const { title, url, pictures } = product;
  return { title, url, pictures: pictures.map(({ asset: { id, ...asset } }) => ({ assetId: id, ...asset })) };
}
