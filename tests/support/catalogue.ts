/** Shops, products and pictures for tests, made by the product's own code. */
import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { FIRST_VIDEO_PLACE } from "@/lib/catalogue/pictures/places";
import type { ProductInput, VariantInput } from "@/lib/catalogue/write-product";
import { getDb } from "@/lib/db/client";
import { createDiskStore } from "@/lib/media/disk-store";
import { mediaStoreSlot } from "@/lib/media/store";
import { type ShopId, shopIdSchema } from "@/lib/protocol/ids";

export async function createTestShop(): Promise<ShopId> {
  const key = `test-${randomUUID()}`;
  return shopIdSchema.parse((await getDb().shop.create({ data: { key, name: "Test shop" } })).id);
}

/** An empty picture store below the test's data folder. */
export async function provideTestStore(dataDir: string): Promise<void> {
  mediaStoreSlot.provide(await createDiskStore(await mkdtemp(join(dataDir, "media-"))));
}

export function testVariant(externalId: string, over: Partial<VariantInput> = {}): VariantInput {
  return {
    externalId,
    title: "",
    color: "",
    size: "",
    currency: "EUR",
    priceMinor: 1_000,
    saleMinor: null,
    availability: "in_stock",
    ...over,
  };
}

export function testProduct(externalId: string, over: Partial<ProductInput> = {}): ProductInput {
  return {
    externalId,
    title: `Product ${externalId}`,
    description: "",
    url: `https://shop.example/p/${externalId}`,
    brand: "",
    category: "",
    variants: [testVariant(externalId)],
    ...over,
  };
}

/** A video of the catalogue behind the product's pictures, with a poster, without its files. @returns the asset's id */
export async function addTestVideo(shopId: string, productId: string): Promise<string> {
  const facts = { width: 640, height: 360, sizes: [160], videoType: "video/mp4", durationMs: 9_000 };
  const { id } = await getDb().asset.create({ data: { shopId, sha256: randomUUID(), ...facts } });
  await getDb().productPicture.create({ data: { productId, assetId: id, position: FIRST_VIDEO_PLACE } });
  return id;
}

/** A small PNG of one colour; another colour is another picture. */
export function testPng(color: string, width = 40, height = 30): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer();
}
