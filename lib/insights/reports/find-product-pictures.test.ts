import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { productIdSchema } from "@/lib/protocol/ids";
import { openTestDatabase } from "@/tests/support/database";
import { makeShop } from "../internal/test-shop";
import { findProductPictures } from "./find-product-pictures";

let database: { close(): Promise<void> };
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("[CA160, IN169] pictures come in the catalogue's order, each once, without videos and what has no file", async () => {
  const { shopId, product } = await makeShop();
  const productId = productIdSchema.parse(await product("dress"));
  const add = async (position: number, sizes: number[], videoType: string | null = null) => {
    const asset = await getDb().asset.create({
      data: { shopId, width: 900, height: 1_200, sizes, videoType, sha256: randomUUID() },
    });
    await getDb().productPicture.create({ data: { productId, assetId: asset.id, position } });
    return asset.id;
  };
  await add(0, []);
  const back = await add(3, [320]);
  await add(1, [320], "mp4");
  const front = await add(2, [320, 1_200]);
  await getDb().productPicture.create({ data: { productId, assetId: front, position: 4 } });
  const found = await findProductPictures(shopId, productId);
  expect(found?.pictures.map(({ assetId }) => assetId)).toEqual([front, back]);
});
