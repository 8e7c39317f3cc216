/**
 * Writing to the catalogue: one product with its variants and pictures, whole, by the shop's own ids. Repeatable:
 * the same input again changes nothing. Knows no feed format and fetches no picture.
 */
import { getDb } from "@/lib/db/client";
import type { AssetId, ShopId } from "@/lib/protocol/ids";
import { ownCatalogue } from "./catalogue-view";
import { recordCatalogueWords } from "./catalogue-words";
import { FIRST_VIDEO_PLACE } from "./pictures/places";
import { searchColumnsOf, searchLanguage } from "./search-columns";

export const availabilities = ["in_stock", "out_of_stock", "preorder", "backorder"] as const;
export type Availability = (typeof availabilities)[number];

export interface VariantInput {
  /** Unique within the shop. */
  readonly externalId: string;
  readonly title: string;
  readonly color: string;
  readonly size: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units (cents). */
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly availability: Availability;
  /** Pieces that are left, where the shop says so. */
  readonly stock?: number | null;
  /** The article number, where it is not the id. */
  readonly sku?: string;
  /** A barcode's digits. */
  readonly gtin?: string;
  /** The maker's own number. */
  readonly mpn?: string;
}

export interface ProductInput {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  /** Path such as "Women > Dresses". */
  readonly category: string;
  readonly variants: readonly VariantInput[];
  /** In order; undefined leaves the pictures as they are. */
  readonly pictures?: readonly PictureInput[] | undefined;
}

interface PictureInput {
  readonly assetId: AssetId;
  readonly alt: string;
  readonly sourceUrl: string;
}

export type WriteResult = "new" | "changed" | "unchanged";

export async function writeProduct(shopId: ShopId, input: ProductInput): Promise<WriteResult> {
  const stored = await findStored(shopId, input.externalId);
  const wanted = comparable({ ...input, active: true, pictures: input.pictures ?? stored?.pictures ?? [] });
  if (stored && comparable(stored) === wanted) return "unchanged";

  const shop = await getDb().shop.findUniqueOrThrow({ where: { id: shopId }, select: { locale: true } });
  const search = searchColumnsOf(input, searchLanguage(stored?.locale ?? "", shop.locale));
  const fields = {
    title: input.title,
    description: input.description,
    url: input.url,
    brand: input.brand,
    category: input.category,
    active: true,
    // Whatever feed it came from: it says something else now, and the next import of that feed must see it.
    sourceId: null,
    contentHash: null,
    goneAt: null,
    ...search,
  };
  await getDb().$transaction(async (tx) => {
    const { id: productId } = await tx.product.upsert({
      where: { shopId_externalId: { shopId, externalId: input.externalId } },
      create: { shopId, externalId: input.externalId, ...fields },
      update: fields,
      select: { id: true },
    });
    const kept = input.variants.map((variant) => variant.externalId);
    await tx.variant.deleteMany({ where: { productId, externalId: { notIn: kept } } });
    for (const [position, { externalId, ...said }] of input.variants.entries()) {
      const variant = { ...unsaid, ...said };
      await tx.variant.upsert({
        // By the shop's id alone: a variant may have moved here from another product.
        where: { shopId_externalId: { shopId, externalId } },
        create: { shopId, productId, externalId, position, ...variant },
        update: { productId, position, ...variant },
      });
    }
    if (input.pictures) {
      await tx.productPicture.deleteMany({ where: { productId, ...isPicture } });
      await tx.productPicture.createMany({
        data: input.pictures.map((picture, position) => ({ productId, position, ...picture })),
      });
    }
  }, WRITE_TIMES);
  await recordCatalogueWords(ownCatalogue(shopId), [search]);
  return stored ? "changed" : "new";
}

/** What a variant has that says nothing of it. */
const unsaid = { stock: null, sku: "", gtin: "", mpn: "" };

/** Milliseconds. A product with a hundred variants takes seconds on the embedded database while it is busy. */
export const WRITE_TIMES = { maxWait: 20_000, timeout: 60_000 };

/** Videos come from feeds alone, and stay. */
const isPicture = { position: { lt: FIRST_VIDEO_PLACE } };

async function findStored(shopId: ShopId, externalId: string) {
  return getDb().product.findUnique({
    where: { shopId_externalId: { shopId, externalId } },
    include: {
      variants: { orderBy: { position: "asc" } },
      pictures: { where: isPicture, orderBy: { position: "asc" } },
    },
  });
}

type Comparable = Omit<ProductInput, "variants" | "pictures"> & {
  readonly active: boolean;
  readonly variants: readonly (Omit<VariantInput, "availability"> & { readonly availability: string })[];
  readonly pictures: readonly {
    readonly assetId: string;
    readonly alt: string;
    readonly sourceUrl: string;
  }[];
};

/** What a write would change, as text: equal text, nothing to write. */
function comparable(product: Comparable): string {
  return JSON.stringify([
    product.title,
    product.description,
    product.url,
    product.brand,
    product.category,
    product.active,
    product.variants.map((variant) => [
      variant.externalId,
      variant.title,
      variant.color,
      variant.size,
      variant.currency,
      variant.priceMinor,
      variant.saleMinor,
      variant.availability,
      variant.stock ?? null,
      variant.sku ?? "",
      variant.gtin ?? "",
      variant.mpn ?? "",
    ]),
    product.pictures.map((picture) => [picture.assetId, picture.alt, picture.sourceUrl]),
  ]);
}
