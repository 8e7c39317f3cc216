/** Products as the desk's catalogue shows them, with signed addresses of their pictures. */
import { mediaSizes } from "@/lib/media/address";
import type {
  CataloguePicture,
  CatalogueProduct,
  CatalogueProductDetail,
} from "@/lib/protocol/catalogue-answers";
import { assetIdSchema } from "@/lib/protocol/ids";
import type { CatalogueRow } from "./catalogue-row";
import { colorsOf, sizeOf } from "./facet-keys";
import { productCard } from "./product-card";
import { facePicture, shownOnce } from "./product-row";

export async function catalogueProduct(row: CatalogueRow): Promise<CatalogueProduct> {
  const first = facePicture(row.pictures);
  const card = productCard(row);
  const buyable = row.variants.filter((_, index) => card.variants[index]?.available);
  return {
    ...card,
    brand: row.brand,
    category: row.category,
    picture: first ? await cataloguePicture(first) : null,
    pictureCount: shownOnce(row.pictures).length,
    colors: distinct(buyable.flatMap(({ color }) => colorsOf(color))),
    sizes: distinct(buyable.map(({ size }) => sizeOf(size))),
  };
}

export async function catalogueDetail(
  row: CatalogueRow & { readonly description: string },
  asOf: Date | null,
): Promise<CatalogueProductDetail> {
  const product = await catalogueProduct(row);
  return {
    ...product,
    description: row.description,
    asOf: asOf?.getTime() ?? null,
    pictures: await Promise.all(shownOnce(row.pictures).map(cataloguePicture)),
    variants: product.variants.map((variant, index) => {
      const { sku, gtin, stock } = row.variants[index] ?? { sku: "", gtin: "", stock: null };
      return { ...variant, sku: sku === "" ? variant.externalId : sku, gtin, stock };
    }),
  };
}

async function cataloguePicture({ asset, alt }: CatalogueRow["pictures"][number]): Promise<CataloguePicture> {
  const assetId = assetIdSchema.parse(asset.id);
  const sizes = await mediaSizes({ assetId, sizes: asset.sizes }, null);
  return { assetId, alt, width: asset.width, height: asset.height, durationMs: asset.durationMs, sizes };
}

/** In the shop's order, without gaps. */
const distinct = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== "");
