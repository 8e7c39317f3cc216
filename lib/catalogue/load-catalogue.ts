/** The desk's catalogue drawer: products as agents see them, with signed addresses of their pictures. */
import { getDb } from "@/lib/db/client";
import { mediaSizes } from "@/lib/media/address";
import { AppError } from "@/lib/protocol/errors";
import type {
  CataloguePicture,
  CatalogueProduct,
  CatalogueProductDetail,
  CatalogueSearchAnswer,
} from "@/lib/protocol/http";
import { assetIdSchema, productIdSchema, type ShopId } from "@/lib/protocol/ids";
import { productCard } from "./product-card";
import { type ProductRow, productRow } from "./product-row";
import { searchProducts } from "./search";

/** Products in one answer, unless asked for fewer. */
const PAGE_PRODUCTS = 24;
const MAX_PAGE_PRODUCTS = 60;
/** Nobody pages further by hand; it bounds what one request can make the database sort and skip. */
const MAX_OFFSET = 2_000;

/** @param asked as they stand in the address, unchecked */
export async function loadSearch(
  shopId: ShopId,
  asked: { readonly query: string; readonly limit: string | null; readonly cursor: string | null },
): Promise<CatalogueSearchAnswer> {
  const limit = wholeNumber(asked.limit, PAGE_PRODUCTS, 1, MAX_PAGE_PRODUCTS);
  const offset = wholeNumber(asked.cursor, 0, 0, MAX_OFFSET);
  const page = await searchProducts(shopId, asked.query, { limit, offset });
  const products = await Promise.all(page.products.map(catalogueProduct));
  const nextOffset = offset + limit;
  return { products, next: page.hasMore && nextOffset <= MAX_OFFSET ? String(nextOffset) : null };
}

/** @throws AppError not_found */
export async function loadProduct(shopId: ShopId, productId: string): Promise<CatalogueProductDetail> {
  const id = productIdSchema.safeParse(productId);
  const row = id.success
    ? await getDb().product.findFirst({ where: { id: id.data, shopId }, include: productRow })
    : null;
  if (row === null) throw new AppError("not_found", "the shop has no such product");
  return {
    ...(await catalogueProduct(row)),
    description: row.description,
    pictures: await Promise.all(row.pictures.map(cataloguePicture)),
  };
}

async function catalogueProduct(row: ProductRow): Promise<CatalogueProduct> {
  const [first] = row.pictures;
  return {
    ...productCard(row),
    brand: row.brand,
    category: row.category,
    picture: first ? await cataloguePicture(first) : null,
    pictureCount: row.pictures.length,
  };
}

async function cataloguePicture({ asset, alt }: ProductRow["pictures"][number]): Promise<CataloguePicture> {
  const assetId = assetIdSchema.parse(asset.id);
  const sizes = await mediaSizes({ assetId, sizes: asset.sizes }, null);
  return { assetId, alt, width: asset.width, height: asset.height, sizes };
}

function wholeNumber(text: string | null, otherwise: number, least: number, most: number): number {
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new AppError("bad_request", `"${text.slice(0, 20)}" is no such number`);
  return Math.min(value, most);
}
