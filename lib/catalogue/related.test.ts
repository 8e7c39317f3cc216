import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct, testVariant } from "@/tests/support/catalogue";
import { type Engine, openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { loadRelated } from "./load-catalogue";
import { writeProduct } from "./write-product";

describe.each<Engine>(["pglite", "postgres"])("related products on %s", (engine) => {
  let database: TestDatabase;
  let shopId: ShopId;
  let placed = 0;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    shopId = await createTestShop();
    const dress = (id: string, priceMinor: number, more: object = {}) =>
      testProduct(id, {
        category: "Women > Dresses",
        variants: [testVariant(`${id}-1`, { priceMinor, ...more })],
      });
    await writeProduct(shopId, dress("DRESS", 10_000));
    await writeProduct(shopId, dress("NEAR", 10_500));
    await writeProduct(shopId, dress("EDGE", 7_000));
    await writeProduct(shopId, dress("DEAR", 13_001));
    await writeProduct(shopId, dress("GONE", 10_000, { availability: "out_of_stock" }));
    await writeProduct(shopId, testProduct("BELT", { category: "Women > Belts" }));
    await writeProduct(shopId, testProduct("ONCE", { category: "Women > Hats" }));
    const other = await createTestShop();
    await writeProduct(other, { ...dress("THEIRS", 10_000), category: "Women > Dresses" });
    for (let n = 0; n < 3; n++) await order(["DRESS", "BELT", "NEAR"].slice(0, n === 0 ? 2 : 3));
    await order(["DRESS", "ONCE"]);
    await order(["DRESS", "ONCE"], "cancelled");
  });
  afterAll(() => database.close());

  async function idOf(externalId: string): Promise<string> {
    return (await database.db.product.findFirstOrThrow({ where: { externalId } })).id;
  }

  async function order(externalIds: readonly string[], status = "placed"): Promise<void> {
    placed += 1;
    const lines = await Promise.all(
      externalIds.map(async (externalId) => ({
        externalId,
        productId: await idOf(externalId),
        quantity: 1,
        unitMinor: 100,
        totalMinor: 100,
      })),
    );
    await database.db.order.create({
      data: {
        shopId,
        externalId: `O${placed}`,
        source: "webhook",
        status,
        currency: "EUR",
        totalMinor: 100,
        placedAt: new Date(),
        lines: { create: lines },
      },
    });
  }

  async function related(externalId: string): Promise<string[]> {
    const answer = await loadRelated(ownCatalogue(shopId), await idOf(externalId));
    return answer.related.map(({ reason, orders, product }) => `${reason} ${orders} ${product.externalId}`);
  }

  it("[CA140] ordered together at least twice, most often first, cancelled orders aside", async () => {
    expect((await related("DRESS")).slice(0, 2)).toEqual(["together 3 BELT", "together 2 NEAR"]);
    expect(await related("ONCE")).toEqual([]);
  });

  it("[CA141] similar ones are of the category, in stock and within 30 %, nearest first", async () => {
    expect((await related("DRESS")).slice(2)).toEqual(["similar 0 EDGE"]);
    expect(await related("EDGE")).toEqual([]);
    expect(await related("DEAR")).toEqual(["similar 0 NEAR", "similar 0 DRESS"]);
  });

  it("[CA142] never of another shop, and bounded", async () => {
    await expect(loadRelated(ownCatalogue(shopId), await idOf("THEIRS"))).rejects.toMatchObject({
      code: "not_found",
    });
    for (let n = 0; n < 10; n++) {
      await writeProduct(shopId, testProduct(`HAT-${n}`, { category: "Women > Hats" }));
    }
    const hats = await related("ONCE");
    expect(hats).toHaveLength(8);
    expect(new Set(hats).size).toBe(8);
  });
});
