import type { ProductRow } from "@/lib/insights/reports/products";
import { mediaSizes } from "@/lib/media/address";
import { assetIdSchema } from "@/lib/protocol/ids";
import type { Thumbnail } from "@/lib/ui/insights/products/product-name";

/** The smallest size of each product's first picture, by product. */
export async function loadThumbnails(rows: readonly ProductRow[]): Promise<Map<string, Thumbnail>> {
  const thumbnails = new Map<string, Thumbnail>();
  for (const { productId, pictureId, pictureSizes } of rows) {
    if (pictureId === null) continue;
    const asset = { assetId: assetIdSchema.parse(pictureId), sizes: pictureSizes.slice(0, 1) };
    const [smallest] = await mediaSizes(asset, null);
    if (smallest) thumbnails.set(productId, { src: smallest.url });
  }
  return thumbnails;
}
