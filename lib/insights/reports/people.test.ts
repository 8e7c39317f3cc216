import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase } from "@/tests/support/database";
import { claimEndlessly, ENDLESS } from "../internal/test-endless";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import type { Filters } from "../question";
import { loadPeople } from "./people";

const SECOND = 1 / 3_600;

describe.each(["postgres", "pglite"] as const)("people on %s", (engine) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let anna: string;
  let hat: string;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shop = await makeShop();
    anna = await shop.agent("Anna");
    hat = await shop.product("hat", ["hat-red"]);
  });

  const load = async (filters: Filters = {}) => {
    await shop.rollUp();
    return loadPeople({
      shopId: shop.shopId,
      range: { from: at(-24), to: at(24) },
      timeZone: "Europe/Rome",
      filters,
    });
  };

  /** Begun at `start`, taken `waited` hours later; null: by nobody. */
  async function talk(
    member: string | null,
    start: number,
    waited: number,
    length: number | null,
  ): Promise<TestConversation> {
    const made = await shop.conversation(await shop.visitor(), anna, at(start), null);
    const ended = length === null ? {} : { status: "closed", closedAt: at(start + waited + length) };
    await getDb().conversation.update({
      where: { id: made.conversationId },
      data: {
        ...(member === null
          ? { memberId: null, acceptedAt: null, status: "waiting" }
          : { memberId: member, acceptedAt: at(start + waited) }),
        ...ended,
      },
    });
    return made;
  }

  let said = 0;
  async function say(talk: TestConversation, who: string, hours: number, kind = "text") {
    const db = getDb();
    const { conversationId } = talk;
    const known = await db.participant.findFirst({
      where: { conversationId, ...(who === "customer" ? { role: "customer" } : { memberId: who }) },
    });
    const participant =
      known ??
      (await db.participant.create({
        data: { conversationId, role: "agent", memberId: who, name: "Agent", color: 1 },
      }));
    await db.message.create({
      data: {
        conversationId,
        seq: ++said,
        clientId: randomUUID(),
        participantId: participant.id,
        body: { kind, text: "" },
        createdAt: at(hours),
      },
    });
  }

  it("[IN130][IN131] counts what was begun, taken, answered, abandoned and dropped", async () => {
    const answered = await talk(anna, 0, 0.1, 1);
    await say(answered, anna, 0.2);
    const dropped = await talk(anna, 1, 0.1, 1);
    await say(dropped, "customer", 1.2);
    await say(dropped, anna, 1.3, "notice");
    await talk(null, 2, 0, 1);
    await talk(null, 3, 0, null);
    await talk(anna, 30, 0, 1);
    const { shop: all, agents } = await load();
    expect(all).toMatchObject({ conversations: 4, taken: 2, answered: 1, abandoned: 1, dropped: 1 });
    expect(agents).toHaveLength(1);
    expect(agents[0]).toMatchObject({
      memberId: anna,
      name: "Anna",
      conversations: 2,
      taken: 2,
      answered: 1,
      dropped: 1,
    });
  });

  it("[IN212] satisfaction counts for who took the conversation", async () => {
    const ben = await shop.agent("Ben");
    const scores = [
      [anna, [5, 4, 3, 5, 5, null]],
      [ben, [1, 2, null]],
    ] as const;
    for (const [member, said] of scores)
      for (const score of said) {
        const talked = await talk(member, 0, 0.1, 1);
        if (score !== null) await shop.rate(talked, score);
      }
    const { shop: all, agents } = await load();
    const [first, second] = [anna, ben].map((id) => agents.find(({ memberId }) => memberId === id));
    expect(first).toMatchObject({ rated: 5, satisfaction: { value: 0.8 } });
    expect(second).toMatchObject({ rated: 2, satisfaction: null });
    expect(all).toMatchObject({ rated: 7, satisfaction: { value: 4 / 7 } });
  });

  it("[IN132][IN133][IN134] times: wait, first response, each answer, duration", async () => {
    const one = await talk(anna, 0, 60 * SECOND, 600 * SECOND);
    await say(one, "customer", 10 * SECOND);
    await say(one, "customer", 50 * SECOND);
    await say(one, anna, 90 * SECOND);
    await say(one, anna, 95 * SECOND);
    await say(one, "customer", 100 * SECOND);
    await say(one, "customer", 110 * SECOND);
    await say(one, anna, 150 * SECOND);
    await say(one, "customer", 160 * SECOND);
    const two = await talk(anna, 1, 20 * SECOND, null);
    await say(two, anna, 1 + 40 * SECOND);
    const [row] = (await load()).agents;
    expect(row?.wait).toMatchObject({ count: 2, median: 40, p90: 56 });
    // The first counts from the conversation's beginning, whoever speaks first.
    expect(row?.first).toMatchObject({ count: 2, mean: 65 });
    // 30 s from the taking, for what was said before; 50 s from her first word; what was never answered counts nothing.
    expect(row?.reply).toMatchObject({ count: 2, mean: 40 });
    expect(row?.duration).toMatchObject({ count: 1, mean: 600 });
  });

  it("[IN132] a clock that ran backwards makes no negative time", async () => {
    await talk(anna, 0, -0.5, 1);
    expect((await load()).agents[0]?.wait).toMatchObject({ median: 0 });
  });

  it("[IN135] an order counts once, for the last conversation before it, of all her visitors", async () => {
    const ben = await shop.agent("Ben");
    const first = await talk(anna, 0, 0, 1);
    const second = await talk(ben, 2, 0, 1);
    const third = await talk(anna, 3, 0, 1);
    const person = await getDb().person.create({ data: { shopId: shop.shopId, externalId: "7" } });
    const browser = await shop.visitor();
    await getDb().visitor.updateMany({
      where: { id: { in: [first.visitorId, second.visitorId, browser] } },
      data: { personId: person.id },
    });
    await shop.order(browser, "A", at(1), [{ id: "hat-red", quantity: 2 }]);
    await shop.order(browser, "B", at(2.5), [{ id: "hat-red" }, { id: "unknown" }]);
    await shop.order(browser, "C", at(5), []);
    await shop.order(third.visitorId, "too early", at(2.9), [{ id: "hat-red" }]);
    await shop.order(third.visitorId, "cancelled", at(4), [{ id: "hat-red" }]);
    await shop.order(third.visitorId, "given back", at(4), [{ id: "hat-red" }]);
    await getDb().order.updateMany({ where: { externalId: "cancelled" }, data: { status: "cancelled" } });
    await getDb().orderLine.updateMany({
      where: { order: { externalId: "given back" } },
      data: { refundedQuantity: 1 },
    });
    await shop.order(third.visitorId, "too late", at(24 * 30 + 4), [{ id: "hat-red" }]);
    const { agents, shop: all } = await load();
    const of = (name: string) => agents.find((agent) => agent.name === name);
    expect(of("Anna")).toMatchObject({ taken: 2, buying: 1, orders: 1, pieces: 2 });
    expect(of("Ben")).toMatchObject({ taken: 1, buying: 1, orders: 2, pieces: 2 });
    expect(all).toMatchObject({ taken: 3, buying: 2, orders: 3, pieces: 4 });
    expect(of("Anna")?.conversion.value).toBe(0.5);
  });

  it("[IN16] pieces without end break no figure", async () => {
    const one = await talk(anna, 0, 0, 1);
    await claimEndlessly(shop, one.visitorId, "hat");
    expect((await load()).agents[0]).toMatchObject({ orders: 2, pieces: ENDLESS });
  });

  it("[IN130] a filter keeps what one of them took, and not what she only took part in", async () => {
    const ben = await shop.agent("Ben");
    const handed = await talk(ben, 0, 0, 1);
    await say(handed, anna, 0.5);
    await talk(anna, 1, 0, 1);
    expect((await load({ memberId: anna })).shop).toMatchObject({ taken: 2 });
    expect((await load({ takenBy: anna })).shop).toMatchObject({ taken: 1 });
    expect((await load({ takenBy: ben })).agents).toMatchObject([{ name: "Ben", taken: 1 }]);
  });

  it("[IN136] revenue is what is credited to recommendations made in it, per currency, never added", async () => {
    const one = await talk(anna, 0, 0, 1);
    const two = await talk(anna, 2, 0, 1);
    await talk(anna, 3, 0, 1);
    for (const made of [one, two]) await shop.recommend(made, anna, hat, at(4));
    await shop.order(one.visitorId, "A", at(5), [{ id: "hat-red", unitMinor: 3_000 }]);
    await shop.order(two.visitorId, "B", at(5), [{ id: "hat-red", unitMinor: 900 }], "CHF");
    await shop.order(two.visitorId, "C", at(6), [{ id: "hat-red", unitMinor: 600 }]);
    const [row] = (await load()).agents;
    expect(row?.recommended).toBe(2);
    expect(row?.revenue.map(({ currency, minor }) => [currency, minor])).toEqual([
      ["CHF", 900],
      ["EUR", 3_600],
    ]);
    expect(row?.revenue[1]?.perConversation).toMatchObject({ value: 1_200, low: 0 });
  });

  it("[AT26] of its revenue it says what only browsers claim", async () => {
    const one = await talk(anna, 0, 0, 1);
    await shop.recommend(one, anna, hat, at(0.5));
    await shop.order(one.visitorId, "proven", at(1), [{ id: "hat-red", unitMinor: 3_000 }]);
    await shop.order(one.visitorId, "claimed", at(2), [{ id: "hat-red", unitMinor: 700 }]);
    await getDb().order.updateMany({ where: { externalId: "proven" }, data: { confirmedAt: at(3) } });
    const league = await load();
    const revenue = [{ currency: "EUR", minor: 3_700, claimed: 700 }];
    expect(league).toMatchObject({ shop: { revenue }, agents: [{ revenue }] });
  });

  it("[IN136] a refund larger than the order takes all of it and no more", async () => {
    const one = await talk(anna, 0, 0, 1);
    await shop.recommend(one, anna, hat, at(0.5));
    await shop.order(one.visitorId, "A", at(1), [{ id: "hat-red" }]);
    await getDb().orderLine.updateMany({
      where: { order: { externalId: "A" } },
      data: { refundedMinor: 1_000, refundedQuantity: 1 },
    });
    const [row] = (await load()).agents;
    expect(row).toMatchObject({ buying: 0, revenue: [] });
  });

  it("[IN140] what is done in a conversation: products, marks of the shop's people, pairs, time to the first product", async () => {
    const one = await talk(anna, 0, 0, 1);
    const in_ = { conversationId: one.conversationId };
    const shown = { ...in_, type: "item_shown", memberId: anna } as const;
    const scarf = await shop.product("scarf");
    await shop.fact({ ...shown, itemId: "photo", occurredAt: at(30 * SECOND) });
    await shop.fact({ ...shown, productId: hat, itemId: "1", occurredAt: at(60 * SECOND) });
    await shop.fact({ ...shown, productId: hat, itemId: "1", occurredAt: at(70 * SECOND) });
    await shop.recommend(one, anna, scarf, at(80 * SECOND));
    const drawn = { ...in_, type: "mark_drawn", productId: hat, itemId: "1" } as const;
    await shop.fact({ ...drawn, memberId: anna, data: { count: 3 }, occurredAt: at(0.1) });
    await shop.fact({ ...drawn, visitorId: one.visitorId, data: { count: 9 }, occurredAt: at(0.1) });
    await shop.fact({
      ...in_,
      type: "items_compared",
      itemId: "1",
      data: { with: "photo" },
      memberId: anna,
      occurredAt: at(0.2),
    });
    await talk(anna, 2, 0, 1);
    const [row] = (await load()).agents;
    expect(row?.products).toEqual({ count: 2, mean: 1, variance: 1 });
    expect(row?.marks).toMatchObject({ count: 2, mean: 1.5 });
    expect(row?.compared).toMatchObject({ count: 2, mean: 0.5 });
    expect(row?.firstProduct).toEqual({ count: 1, mean: 60, variance: 0 });
  });

  it("[IN137] of people who left, one row stays that names nobody and is not ranked", async () => {
    const ben = await shop.agent("Ben");
    await talk(ben, 1, 0, 1);
    await getDb().member.delete({ where: { id: ben } });
    const { agents, shop: all } = await load();
    expect(all).toMatchObject({ conversations: 1, taken: 1 });
    expect(agents).toMatchObject([{ memberId: "", name: "", taken: 1, rank: null, tooFew: true }]);
  });

  it("[IN142] nothing of a customer is in it, and nothing of another shop", async () => {
    const one = await talk(anna, 0, 0, 1);
    await say(one, "customer", 0.1);
    const mine = shop;
    shop = await makeShop();
    await talk(await shop.agent("Eve"), 0, 0, 1);
    expect((await load()).agents.map(({ name }) => name)).toEqual(["Eve"]);
    shop = mine;
    const text = JSON.stringify(await load());
    for (const secret of [one.visitorId, one.conversationId, "Guest"]) expect(text).not.toContain(secret);
  });

  it("[IN130] filters choose the conversations", async () => {
    const one = await talk(anna, 0, 0, 1);
    await talk(anna, 1, 0, 1);
    await getDb().conversation.update({ where: { id: one.conversationId }, data: { device: "phone" } });
    expect((await load({ device: "phone" })).agents[0]).toMatchObject({ taken: 1 });
  });
});
