import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { loadInstallCheck } from "./install-check";
import { at, makeShop, NOON, type TestShop } from "./internal/test-shop";

describe.each(["postgres", "pglite"] as const)("the install check on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
  });
  afterAll(() => database.close());

  it("[IN80] a shop that has told nothing has nothing to show, and no other shop's pages", async () => {
    const other = await makeShop();
    await other.claim(await other.visitor(), page("/"), NOON);
    expect(await loadInstallCheck(shop.shopId, NOON)).toEqual({
      since: at(-1),
      pages: [],
      pageCount: 0,
      sites: [],
      anonymousViews: 0,
      products: { told: 0, unknown: [], lastAt: null },
      carts: { told: 0, unknown: [], lastAt: null },
      orders: { claimed: 0, confirmed: 0, lastConfirmedAt: null },
      persons: 0,
    });
  });

  it("[IN80] names the pages of the last hour, what they told, and the ids that the catalogue does not know", async () => {
    await shop.product("BAG", ["BAG-RED"]);
    const visitor = await shop.visitor();
    await shop.claim(visitor, page("/"), at(-2));
    await shop.claim(visitor, page("/?utm_source=mail"), at(-0.5));
    await shop.claim(visitor, page("/"), at(-0.4));
    await shop.claim(visitor, product("BAG-RED"), at(-0.3));
    await shop.claim(visitor, product("sku-77"), at(-0.3));
    const lines = [
      { id: "BAG-RED", quantity: 1, unitMinor: 100 },
      { id: "sku-78", quantity: 1, unitMinor: 100 },
    ];
    await shop.claim(visitor, { type: "cart_changed", currency: "EUR", lines }, at(-0.2));
    await shop.order(visitor, "O-1", at(-0.1), [{ id: "BAG-RED" }]);
    // The database's own clock says when they came in: as if it had been that noon's.
    await getDb().$executeRaw`UPDATE "Event" SET "receivedAt" = "occurredAt" WHERE "shopId" = ${shop.shopId}`;
    const check = await loadInstallCheck(shop.shopId, NOON);
    expect(check.pages).toEqual([
      { address: "https://shop.test/", views: 2, products: 0, lastAt: at(-0.4) },
      { address: "https://shop.test/p", views: 0, products: 2, lastAt: at(-0.3) },
    ]);
    expect(check.pageCount).toBe(2);
    expect(check.products).toEqual({ told: 2, unknown: ["sku-77"], lastAt: at(-0.3) });
    expect(check.carts).toEqual({ told: 1, unknown: ["sku-78"], lastAt: at(-0.2) });
    expect(check.orders).toEqual({ claimed: 1, confirmed: 0, lastConfirmedAt: null });

    await getDb().order.updateMany({
      where: { shopId: shop.shopId, externalId: "O-1" },
      data: { confirmedAt: at(-0.05) },
    });
    expect((await loadInstallCheck(shop.shopId, NOON)).orders).toEqual({
      claimed: 0,
      confirmed: 1,
      lastConfirmedAt: at(-0.05),
    });
  });

  it("[IN82] groups what came by the shop's own origins, and names those from which nothing came", async () => {
    const shop = await makeShop();
    const origins = ["https://shop.test", "https://de.shop.test:8443", "https://silent.test"];
    await getDb().shop.update({ where: { id: shop.shopId }, data: { origins } });
    const visitor = await shop.visitor();
    await shop.claim(visitor, page("/?a=1"), at(-0.5));
    await shop.claim(visitor, page("/b"), at(-0.4));
    await shop.claim(visitor, { ...page("/"), url: "https://DE.shop.test:8443/c#d" }, at(-0.3));
    await shop.claim(
      visitor,
      { ...product("X"), url: "https://de.shop.test:8443/x?y=https://silent.test/" },
      at(-0.2),
    );
    // What came too early says nothing of now, and an origin's beginning is another origin.
    await shop.claim(visitor, { ...page("/"), url: "https://silent.test/" }, at(-2));
    await shop.claim(visitor, { ...page("/"), url: "https://silent.test.example/" }, at(-0.1));
    await getDb().$executeRaw`UPDATE "Event" SET "receivedAt" = "occurredAt" WHERE "shopId" = ${shop.shopId}`;
    expect((await loadInstallCheck(shop.shopId, NOON)).sites).toEqual([
      { origin: "https://shop.test", views: 2, products: 0, lastAt: at(-0.4) },
      { origin: "https://de.shop.test:8443", views: 1, products: 1, lastAt: at(-0.2) },
      { origin: "https://silent.test", views: 0, products: 0, lastAt: null },
      { origin: "https://silent.test.example", views: 1, products: 0, lastAt: at(-0.1) },
    ]);
  });

  it("[IN82] counts every cart of the hour, and looks for unknown ids in all of them", async () => {
    const shop = await makeShop();
    const visitor = await shop.visitor();
    const receivedAt = at(-0.1);
    const cart = (externalId: string) => ({
      ...{ shopId: shop.shopId, visitorId: visitor, type: "cart_changed", source: "browser" },
      ...{ occurredAt: receivedAt, receivedAt },
      data: { currency: "EUR", lines: [{ externalId, productId: null, quantity: 1, unitMinor: 1 }] },
    });
    await getDb().event.createMany({
      data: [cart("first"), ...Array.from({ length: 120 }, () => cart("many"))],
    });
    expect((await loadInstallCheck(shop.shopId, NOON)).carts).toEqual({
      told: 121,
      unknown: ["first", "many"],
      lastAt: receivedAt,
    });
  });
});

function page(path: string) {
  return { type: "page_viewed" as const, url: `https://shop.test${path}`, title: "Shop" };
}

function product(productId: string) {
  return { type: "product_viewed" as const, url: "https://shop.test/p", title: "Bag", productId };
}
