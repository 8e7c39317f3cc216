/** The demo shop's catalogue as rows, without drawing its pictures: enough for generated traffic. For tests. */
import { randomUUID } from "node:crypto";
import { writeProduct } from "@/lib/catalogue/write-product";
import { getDb } from "@/lib/db/client";
import { assetIdSchema } from "@/lib/protocol/ids";
import { createShop } from "@/lib/shops/create-shop";
import type { Shop } from "@/lib/shops/find-shop";
import { demoProducts } from "@/prisma/seed/products";

export async function makeTrafficShop(timeZone: string): Promise<Shop> {
  const shop = await createShop({ name: "Bottega Lume", demo: true });
  const { shopId } = shop;
  await getDb().shop.update({ where: { id: shopId }, data: { timeZone } });
  for (const product of demoProducts("http://localhost:3000/demo")) {
    const asset = await getDb().asset.create({
      data: { shopId, width: 1_600, height: 2_000, sizes: [320], sha256: randomUUID() },
    });
    const assetId = assetIdSchema.parse(asset.id);
    await writeProduct(shopId, { ...product, pictures: [{ assetId, alt: "", sourceUrl: "" }] });
  }
  return shop;
}
