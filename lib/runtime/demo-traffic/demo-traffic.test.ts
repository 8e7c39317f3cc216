import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { readItems, readMarks } from "@/lib/panel/schema";
import { conversationIdSchema } from "@/lib/protocol/ids";
import { createShop } from "@/lib/shops/create-shop";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { findTrafficShop } from "./find-traffic-shop";
import { generateTraffic } from "./generate";
import { hotSpotOf } from "./hot-spots";
import { openWorld, plantTraffic, type TrafficOptions } from "./plant-traffic";
import { removeTraffic } from "./remove";
import { makeTrafficShop } from "./traffic-shop.fixture";

/** The tables up to order lines, in the order in which they are counted. */
const SURELY_FILLED = 8;
const NOW = Date.parse("2026-05-10T15:00:00Z");

for (const engine of ["postgres", "pglite"] as const) {
  describe(`generated traffic (${engine})`, () => {
    let database: TestDatabase;
    let options: TrafficOptions;
    beforeAll(async () => {
      database = await openTestDatabase(engine);
      const { shopId } = await makeTrafficShop("Europe/Rome");
      options = { shopId, days: 4, seed: 7, visitorsADay: 60, panels: 30, now: NOW };
    }, 60_000);
    afterAll(() => database.close());

    const counts = async () => {
      const db = getDb();
      const tables = [
        db.user,
        db.member,
        db.visitor,
        db.conversation,
        db.message,
        db.event,
        db.order,
      ] as const;
      const more = [db.orderLine, db.orderChange, db.orderLineReturn, db.panelUpdate] as const;
      const all: number[] = [];
      for (const table of tables) all.push(await (table.count as () => Promise<number>)());
      for (const table of more) all.push(await (table.count as () => Promise<number>)());
      return all;
    };

    it("[IN190] the same seed makes the same rows, whatever the hour, and nothing after now", async () => {
      const world = await openWorld(options);
      await removeTraffic(options.shopId);
      const [once, again] = [[...generateTraffic(world)], [...generateTraffic(world)]];
      expect(again).toEqual(once);
      const later = [...generateTraffic({ ...world, now: NOW + 3_600_000 })];
      expect(later.slice(0, -1).map(({ rows }) => rows.visitors.map(({ id }) => id))).toEqual(
        once.slice(0, -1).map(({ rows }) => rows.visitors.map(({ id }) => id)),
      );
      const rows = once.map((part) => part.rows);
      const moments = rows.flatMap(({ events, orders, conversations, changes }) => [
        ...events.map(({ at }) => at),
        ...orders.map(({ placedAt }) => placedAt),
        ...conversations.map(({ closedAt }) => closedAt),
        ...changes.map(({ at }) => at),
      ]);
      expect(moments.length).toBeGreaterThan(1_000);
      expect(Math.max(...moments)).toBeLessThan(NOW);
    });

    it("[IN191] is taken away without a trace of it and without touching anything else; done again, it replaces", async () => {
      const { shopId } = options;
      const visitor = await getDb().visitor.create({ data: { shopId } });
      await recordEvent({ type: "identity_joined", shopId, conversationId: null, visitorId: visitor.id });
      const before = await counts();
      const first = await plantTraffic(options);
      const planted = await counts();
      // Refunds come days after their orders: in so few days there may be none.
      const surely = planted.slice(0, SURELY_FILLED);
      expect(surely.every((count, table) => count > (before[table] ?? 0))).toBe(true);
      expect(await plantTraffic(options)).toEqual(first);
      expect(await counts()).toEqual(planted);
      expect(await removeTraffic(shopId)).toBe(first.visitors);
      expect(await counts()).toEqual(before);
    }, 120_000);

    it("[IN213] about every third customer somebody talked with says how it was, after the end", async () => {
      // Enough of them that a third is a third: some 250 conversations.
      const world = await openWorld({ ...options, visitorsADay: 600, panels: 0 });
      await removeTraffic(options.shopId);
      const rows = [...generateTraffic(world)].map((part) => part.rows);
      const conversations = rows.flatMap((part) => part.conversations);
      const rated = conversations.filter(({ score }) => score !== null);
      const taken = conversations.filter(({ acceptedAt }) => acceptedAt !== null);
      expect(rated.length / taken.length).toBeGreaterThan(0.2);
      expect(rated.length / taken.length).toBeLessThan(0.5);
      for (const { score, ratedAt, acceptedAt, closedAt } of rated) {
        expect([1, 2, 3, 4, 5]).toContain(score);
        expect(acceptedAt).not.toBeNull();
        expect(ratedAt).toBeGreaterThan(closedAt);
        expect(ratedAt).toBeLessThan(NOW);
      }
      const told = rows.flatMap(({ events }) => events).filter(({ type }) => type === "conversation_rated");
      expect(told.map(({ conversationId, data }) => [conversationId, data])).toEqual(
        rated.map(({ id, score }) => [id, { score }]),
      );
    });

    it("[IN192] makes demo people who cannot sign in, in no shop that is not the demo shop", async () => {
      await plantTraffic({ ...options, days: 1 });
      const people = await getDb().user.findMany({
        where: { members: { some: { shopId: options.shopId } } },
        include: { accounts: true },
      });
      expect(people).toHaveLength(5);
      for (const { name, accounts } of people) {
        expect(name).toMatch(/ \(demo\)$/);
        expect(accounts).toEqual([]);
      }
      const real = await createShop({ name: "Real" });
      expect((await findTrafficShop(undefined, false)).id).toBe(options.shopId);
      await expect(findTrafficShop(real.key, false)).rejects.toThrow("--not-the-demo-shop");
      expect((await findTrafficShop(real.key, true)).id).toBe(real.shopId);
      await expect(findTrafficShop("nobody", true)).rejects.toThrow("no shop with the key");
    });

    it("[IN196] panels open as real ones, with most marks on the detail that everybody asks about", async () => {
      await plantTraffic(options);
      const rows = await getDb().panelUpdate.findMany({
        distinct: ["conversationId"],
        select: { conversationId: true },
      });
      expect(rows.length).toBeGreaterThan(5);
      let [near, all] = [0, 0];
      for (const { conversationId } of rows) {
        const doc = new Y.Doc();
        const { updates } = await createPanelJournal().load(conversationIdSchema.parse(conversationId));
        for (const { update } of updates) Y.applyUpdate(doc, update);
        for (const item of readItems(doc)) {
          const product = await getDb().product.findUniqueOrThrow({ where: { id: `${item.productId}` } });
          const spot = hotSpotOf(product.externalId);
          for (const mark of readMarks(doc, item.id)) {
            const [x, y] = [mark.x + mark.w / 2, mark.y + mark.h / 2];
            all += 1;
            if (Math.hypot(x / item.width - spot.x, y / item.width - spot.y) < 0.2) near += 1;
          }
        }
      }
      expect(all).toBeGreaterThan(20);
      expect(near / all).toBeGreaterThan(0.6);
    }, 60_000);
  });
}
