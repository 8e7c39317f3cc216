/**
 * The demo shop's window: what its public pages show of its catalogue. Exists only on an installation of its own
 * (no DATABASE_URL); everything here is public there, and nothing here reaches another shop's products.
 */
import { getDb } from "@/lib/db/client";
import { getConfig } from "@/lib/protocol/config-slot";
import { isStorable } from "@/lib/protocol/storable";
import { type ProductRow, productRow } from "./product-row";

export interface ShopWindow {
  readonly shopId: string;
  readonly name: string;
  readonly key: string;
  readonly currency: string;
}

export interface WindowPicture {
  readonly assetId: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** Longest sides in pixels, smallest first. */
  readonly sizes: readonly number[];
}

export interface WindowVariant {
  readonly id: string;
  readonly title: string;
  readonly color: string;
  readonly size: string;
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly currency: string;
  readonly available: boolean;
}

export interface WindowProduct {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly category: string;
  readonly pictures: readonly WindowPicture[];
  readonly variants: readonly WindowVariant[];
}

/** Null where no demo shop exists. */
export async function findWindow(): Promise<ShopWindow | null> {
  if (!getConfig().embedded) return null;
  const shop = await getDb().shop.findFirst({ orderBy: { createdAt: "asc" } });
  return shop && { shopId: shop.id, name: shop.name, key: shop.key, currency: shop.currency };
}

/** A page of the demo shows everything it sells; an imported feed of thousands is cut here. */
const MAX_PRODUCTS = 240;

export async function listWindow(shopId: string): Promise<WindowProduct[]> {
  const rows = await getDb().product.findMany({
    where: { shopId, active: true },
    include: productRow,
    orderBy: { createdAt: "asc" },
    take: MAX_PRODUCTS,
  });
  return rows.map(windowProduct);
}

/** By the product's own id, or by one of its variants'. */
export async function findWindowProduct(shopId: string, externalId: string): Promise<WindowProduct | null> {
  if (!isStorable(externalId)) return null;
  const row = await getDb().product.findFirst({
    where: { shopId, OR: [{ externalId }, { variants: { some: { externalId } } }] },
    include: productRow,
  });
  return row && windowProduct(row);
}

/** True for a picture of the demo shop's catalogue; never for one of a conversation. */
export async function isWindowPicture(shopId: string, assetId: string): Promise<boolean> {
  const found = await getDb().productPicture.findFirst({
    where: { assetId, product: { shopId }, asset: { conversationId: null } },
    select: { id: true },
  });
  return found !== null;
}

/** The demo's pages play no videos. */
const isStill = ({ asset }: ProductRow["pictures"][number]) => asset.videoType === null;

function windowProduct(row: ProductRow): WindowProduct {
  return {
    id: row.externalId,
    title: row.title,
    description: row.description,
    brand: row.brand,
    category: row.category,
    pictures: row.pictures.filter(isStill).map(({ asset, alt }) => ({
      assetId: asset.id,
      alt,
      width: asset.width,
      height: asset.height,
      sizes: asset.sizes,
    })),
    variants: row.variants.map((variant) => ({
      id: variant.externalId,
      title: variant.title,
      color: variant.color,
      size: variant.size,
      priceMinor: variant.priceMinor,
      saleMinor: variant.saleMinor,
      currency: variant.currency,
      available: variant.availability !== "out_of_stock",
    })),
  };
}
