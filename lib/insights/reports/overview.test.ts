import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, type TestShop } from "../internal/test-shop";
import type { Question } from "../question";
import { rollUpShop } from "../rollups/roll-up";
import { listConversationRows } from "./conversation-rows";
import { loadOverview } from "./overview";

describe.each(["postgres", "pglite"] as const)("the overview on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ask: (filters?: Question["filters"]) => Question;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    shop = await makeShop();
    await getDb().shop.update({ where: { id: shop.shopId }, data: { timeZone: "Europe/Rome" } });
    const ines = await shop.agent("Ines");
    const hat = await shop.product("hat");
    const look = (visitorId: Parameters<TestShop["claim"]>[0], hours: number) =>
      shop.claim(visitorId, { type: "page_viewed", url: "https://shop.test/", title: "Hats" }, at(hours));
    const buy = (visitorId: Parameters<TestShop["claim"]>[0], id: string, hours: number) =>
      shop.order(visitorId, id, at(hours), [{ id: "hat" }]);

    // Noon is 14:00 in Rome: ten hours later it is the next day there, though not yet in UTC.
    const alone = await shop.visitor();
    for (const hours of [0, 1, 9.9, 10.1]) await look(alone, hours);
    await buy(alone, "alone", 11);
    const idle = await shop.visitor();
    await look(idle, 0);
    await getDb().visitor.update({ where: { id: idle }, data: { device: "phone" } });

    // One customer at two browsers: she talked at one and bought at the other.
    const [phone, desktop] = [await shop.visitor(), await shop.visitor()];
    const person = await getDb().person.create({ data: { shopId: shop.shopId, externalId: "c-1" } });
    await getDb().visitor.updateMany({
      where: { id: { in: [phone, desktop] } },
      data: { personId: person.id },
    });
    await look(phone, 0);
    await look(desktop, 0.5);
    await shop.recommend(await shop.conversation(phone, ines, at(0.2)), ines, hat, at(0.3));
    await buy(desktop, "hers", 2);

    const stranger = await makeShop();
    await stranger.claim(
      await stranger.visitor(),
      { type: "page_viewed", url: "https://x.test/", title: "" },
      at(0),
    );
    await rollUpShop(shop.shopId, new Date());
    ask = (filters = {}) => ({
      shopId: shop.shopId,
      range: { from: at(-14), to: at(34) },
      timeZone: "Europe/Rome",
      filters,
    });
  }, 60_000);
  afterAll(() => database.close());

  it("[IN175] a visit is one customer's day on the shop's pages, by the shop's clocks, at however many browsers", async () => {
    const { unit, total, points } = await loadOverview(ask());
    expect(unit).toBe("day");
    expect(total.visits).toBe(4);
    expect(points.map(({ day, visits }) => [day, visits])).toEqual([
      ["2026-05-10", 3],
      ["2026-05-11", 1],
    ]);
  });

  it("[IN176] who talked and who did not are told apart as customers, and only standing orders count", async () => {
    const { total, points } = await loadOverview(ask());
    expect(total).toMatchObject({ conversations: 1, taken: 1, ordered: 1, alone: 2, orderedAlone: 1 });
    expect(points.map(({ alone, orderedAlone }) => [alone, orderedAlone])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  describe("with and without a conversation", () => {
    let other: TestShop;
    let asked: Question;

    beforeAll(async () => {
      other = await makeShop();
      await other.product("hat");
      const eve = await other.agent("Eve");
      asked = { ...ask(), shopId: other.shopId };
      const buy = (visitorId: Parameters<TestShop["order"]>[0], id: string, hours: number) =>
        other.order(visitorId, id, at(hours), [{ id: "hat" }]);
      for (const hours of [2, 30, 40]) {
        const alone = await other.visitor();
        await other.claim(
          alone,
          { type: "page_viewed", url: "https://shop.test/", title: "Hats" },
          at(hours > 30 ? 0 : hours),
        );
        await buy(alone, `alone ${hours}`, hours);
        const { visitorId } = await other.conversation(await other.visitor(), eve, at(0));
        await buy(visitorId, `with ${hours}`, hours);
      }
      // One of each was given back whole.
      await getDb().orderLine.updateMany({
        where: { order: { shopId: other.shopId, externalId: { in: ["alone 2", "with 2"] } } },
        data: { refundedQuantity: 1, refundedMinor: 1_000 },
      });
      await rollUpShop(other.shopId, new Date());
    });

    it("[IN176] both are cut at the range's end, whatever the shop's window, and orders given back whole count for neither", async () => {
      for (const days of [30, 1]) {
        await other.attribute({ days });
        expect((await loadOverview(asked)).total).toMatchObject({
          ...{ taken: 3, ordered: 1 },
          ...{ alone: 3, orderedAlone: 1 },
        });
      }
    });

    it("[IN173] the list opens what the figure counts, and apart from it what followed within the window", async () => {
      const listed = async (state: "ordered" | "orderedInWindow") =>
        (await listConversationRows(asked, state, { offset: 0, limit: 100 })).total;
      await other.attribute({ days: 30 });
      expect([await listed("ordered"), await listed("orderedInWindow")]).toEqual([1, 2]);
      await other.attribute({ days: 1 });
      expect([await listed("ordered"), await listed("orderedInWindow")]).toEqual([1, 0]);
    });
  });

  it("[IN174] the figures are sums over the rows of their conversations", async () => {
    const { total } = await loadOverview(ask());
    const { rows } = await listConversationRows(ask(), "all", { offset: 0, limit: 100 });
    const sum = (value: (row: (typeof rows)[number]) => number) =>
      rows.reduce((all, row) => all + value(row), 0);
    expect(total).toMatchObject({
      conversations: rows.length,
      answered: sum((row) => Number(row.answered)),
      recommended: sum((row) => row.recommended),
      recommendationsBought: sum((row) => row.recommendationsBought),
    });
    expect(total.recommendationsBought).toBe(1);
  });

  it("[IN210] satisfaction counts fours and fives of the rated conversations of the range, and no others", async () => {
    const other = await makeShop();
    const agent = await other.agent("Olga");
    for (const score of [1, 2, 3, 4, 5, 5, null]) {
      const talk = await other.conversation(await other.visitor(), agent, at(1));
      if (score !== null) await other.rate(talk, score);
    }
    await other.rate(await other.conversation(await other.visitor(), agent, at(40)), 5);
    const question = { ...ask(), shopId: other.shopId };
    const { total, points } = await loadOverview(question);
    expect(total).toMatchObject({ conversations: 7, rated: 6, satisfied: 3 });
    expect(points.map(({ rated, satisfied }) => [rated, satisfied])).toEqual([
      [6, 3],
      [0, 0],
    ]);
    const chosen = await loadOverview({ ...question, filters: { device: "phone" } });
    expect(chosen.total).toMatchObject({ rated: 0, satisfied: 0 });
  });

  it("[IN177] filters choose conversations; visits are chosen by device and language alone", async () => {
    const { total } = await loadOverview(ask({ device: "phone", trigger: "page" }));
    expect(total).toMatchObject({ visits: 1, conversations: 0, alone: 1, orderedAlone: 0 });
  });

  it("[IN178] a range without anything is zeros on every day", async () => {
    const { total, points } = await loadOverview({ ...ask(), range: { from: at(100), to: at(124) } });
    expect(points).toHaveLength(2);
    expect([total.visits, total.conversations, ...points.map(({ visits }) => visits)]).toEqual([0, 0, 0, 0]);
  });
});
