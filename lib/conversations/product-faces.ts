/** Title and first picture of catalogue products, for lists. */
import { getDb } from "@/lib/db/client";
import { mediaSizes } from "@/lib/media/address";
import type { PictureRef } from "@/lib/protocol/desk";
import { assetIdSchema, type ProductId, productIdSchema } from "@/lib/protocol/ids";

export interface ProductFace {
  readonly productId: ProductId;
  readonly title: string;
  readonly picture: PictureRef | null;
}

export async function productFaces(
  productIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, ProductFace>> {
  const ids = [...new Set(productIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await getDb().product.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      title: true,
      pictures: {
        where: { asset: { videoType: null } },
        orderBy: { position: "asc" },
        take: 1,
        select: { asset: true },
      },
    },
  });
  const faces = await Promise.all(
    rows.map(async ({ id, title, pictures }): Promise<[string, ProductFace]> => {
      const asset = pictures[0]?.asset;
      const picture = asset
        ? {
            width: asset.width,
            height: asset.height,
            sizes: await mediaSizes({ assetId: assetIdSchema.parse(asset.id), sizes: asset.sizes }, null),
          }
        : null;
      return [id, { productId: productIdSchema.parse(id), title, picture }];
    }),
  );
  return new Map(faces);
}
