import { afterAll, beforeAll, expect, it } from "vitest";
import { seal } from "@/lib/auth/sealed";
import { ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { createTestShop, testProduct } from "@/tests/support/catalogue";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { connectionTo, platforms } from "@/tests/support/shops/platforms";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { loadSearch } from "./load-catalogue";
import { writeProduct } from "./write-product";

let database: TestDatabase;
let outside: ReturnType<typeof allowOutside>;
let shop: StandIn;
let shopId: ShopId;
beforeAll(async () => {
  database = await openTestDatabase();
  outside = allowOutside();
  shop = await platforms.woocommerce.start();
  shopId = await createTestShop();
  const { address, credentials, settings } = connectionTo("woocommerce", shop);
  const sealed = await seal(JSON.stringify(credentials));
  await getDb().shopConnection.create({
    data: { shopId, kind: "woocommerce", address, credentials: sealed, settings },
  });
  await writeProduct(shopId, testProduct("OWN", { title: "Wool blanket of our tables" }));
});
afterAll(async () => {
  await shop?.close();
  await outside?.close();
  await database?.close();
});

const ask = (question: string) => loadSearch(ownCatalogue(shopId), new URLSearchParams(question));

it("[CA137] the shop's own system answers, with its time; else our tables do", async () => {
  const word = "scarf";
  const live = await ask(`q=${word}`);
  expect(live.products.length).toBeGreaterThan(0);
  expect(live.products.every(({ externalId }) => externalId !== "OWN")).toBe(true);
  expect(live.asOf).toBeGreaterThan(0);
  // It finds no such thing, and it is not asked what it cannot narrow by.
  expect(await ask("q=blanket")).toMatchObject({ asOf: null, products: [{ externalId: "OWN" }] });
  const asked = shop.asked.length;
  expect((await ask(`q=${word}&color=red`)).asOf).toBe(null);
  expect((await ask(`q=${word}&sort=price-up`)).asOf).toBe(null);
  expect(shop.asked.length).toBe(asked);
});
