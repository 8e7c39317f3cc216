import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeShop } from "../internal/test-shop";
import { BEHIND_MS, findBehind } from "./behind";
import { forgetRollups, rollUpShop } from "./roll-up";

describe.each(["postgres", "pglite"] as const)("how far roll-ups are behind, on %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, 180_000);
  afterAll(() => database.close());

  it("[IN120] says since when something was not counted, that all is counted anew, and else nothing", async () => {
    const shop = await makeShop();
    const visitorId = await shop.visitor();
    const start = Date.now();
    const later = (ms: number) => new Date(start + ms);
    const behind = (ms: number) => findBehind(shop.shopId, later(ms));
    expect(await behind(0)).toEqual({ state: "fresh" });
    const feed = (receivedAt: Date) =>
      getDb().event.create({
        data: {
          ...{ shopId: shop.shopId, visitorId, type: "page_viewed", source: "browser" },
          ...{ occurredAt: receivedAt, receivedAt },
        },
      });
    await feed(later(0));
    await rollUpShop(shop.shopId, later(1_000));
    expect(await behind(2 * BEHIND_MS)).toEqual({ state: "fresh" });

    const since = later(5_000);
    for (const moment of [since, later(6_000)]) await feed(moment);
    expect(await behind(5_000 + BEHIND_MS)).toEqual({ state: "fresh" });
    expect(await behind(5_001 + BEHIND_MS)).toEqual({ state: "behind", since });
    await rollUpShop(shop.shopId, later(7_000));
    expect(await behind(2 * BEHIND_MS)).toEqual({ state: "fresh" });

    await shop.order(visitorId, "o-1", later(8_000), []);
    await getDb().order.updateMany({ where: { shopId: shop.shopId }, data: { updatedAt: later(9_000) } });
    await getDb().event.deleteMany({ where: { shopId: shop.shopId, type: "order_placed" } });
    expect(await behind(3 * BEHIND_MS)).toEqual({ state: "behind", since: later(9_000) });

    await forgetRollups(shop.shopId);
    expect(await behind(3 * BEHIND_MS)).toEqual({ state: "rebuilding" });
    await rollUpShop(shop.shopId, later(10_000));
    expect(await behind(3 * BEHIND_MS)).toEqual({ state: "fresh" });
  }, 60_000);
});
