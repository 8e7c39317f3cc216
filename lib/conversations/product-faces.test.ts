import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addTestVideo, createTestShop } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { productFaces } from "./product-faces";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("[CA157] a product's face is its first picture, never a video", async () => {
  const shopId = await createTestShop();
  const { id } = await database.db.product.create({ data: { shopId, externalId: "P", title: "Scarf" } });
  await addTestVideo(shopId, id);
  expect((await productFaces([id])).get(id)).toMatchObject({ title: "Scarf", picture: null });
  const facts = { width: 30, height: 40, sizes: [40], sha256: randomUUID() };
  const still = await database.db.asset.create({ data: { shopId, ...facts } });
  await database.db.productPicture.create({ data: { productId: id, assetId: still.id, position: 0 } });
  expect((await productFaces([id])).get(id)?.picture).toMatchObject({ width: 30, height: 40 });
});
