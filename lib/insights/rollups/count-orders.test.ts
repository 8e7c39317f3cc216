import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeShop } from "../internal/test-shop";
import { LOOKS_BACK_MS, rollUpShop } from "./roll-up";

const BEGINS = Date.parse("2026-03-27T00:00:00Z");
const minute = (minutes: number) => new Date(BEGINS + minutes * 60_000);

describe.each(["postgres", "pglite"] as const)("orders of many on %s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  it("[IN225] orders of one customer are counted a thousand a step, however many she has", async () => {
    const shop = await makeShop();
    const { shopId } = shop;
    const db = getDb();
    const bag = await shop.product("BAG");
    const visitorId = await shop.visitor();
    const ids = Array.from({ length: 1_050 }, () => randomUUID());
    await db.order.createMany({
      data: ids.map((id) => ({
        ...{ id, shopId, externalId: id, visitorId, source: "api", currency: "EUR", totalMinor: 100 },
        ...{ placedAt: minute(60), updatedAt: minute(60) },
      })),
    });
    await db.orderLine.createMany({
      data: ids.map((orderId) => ({
        ...{ orderId, externalId: bag, productId: bag, quantity: 1, unitMinor: 100, totalMinor: 100 },
      })),
    });
    await rollUpShop(shopId, minute(70));
    expect(await db.credit.count({ where: { shopId } })).toBe(0);
    const talk = await shop.conversation(visitorId, await shop.agent("Anna"), minute(0));
    await db.event.create({
      data: {
        ...{ id: randomUUID(), shopId, type: "product_recommended", source: "server", data: {} },
        ...{
          conversationId: talk.conversationId,
          productId: bag,
          occurredAt: minute(5),
          receivedAt: minute(80),
        },
      },
    });
    await rollUpShop(shopId, minute(90));
    expect(await db.credit.count({ where: { shopId, kind: "recommended" } })).toBe(ids.length);
    // What was written by one transaction has its number.
    const steps = await db.$queryRaw<{ orders: number }[]>`
      SELECT count(*)::int AS orders FROM "CountedOrder" WHERE "shopId" = ${shopId} GROUP BY xmin::text ORDER BY 1 DESC`;
    expect(steps.map(({ orders }) => orders)).toEqual([1_000, 50]);
    // Nothing is left to look at again.
    const { eventsTo, freshAt } = await db.rollupState.findUniqueOrThrow({ where: { shopId } });
    expect([eventsTo, freshAt]).toEqual([new Date(minute(90).getTime() - LOOKS_BACK_MS), minute(90)]);
  }, 60_000);
});
