import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { OrderChangeReport } from "@/lib/protocol/api/order-report";
import { openTestDatabase } from "@/tests/support/database";
import { creditKinds } from "../attribution";
import { claimEndlessly, ENDLESS } from "../internal/test-endless";
import { at, makeShop, type TestConversation, type TestShop } from "../internal/test-shop";
import { say } from "../internal/test-talk";
import { recordReport } from "../orders/record-report";
import { readOwn } from "../orders/shapes/own";
import type { Filters } from "../question";
import { loadInfluence, revenueLeft } from "./influence";
import { loadInfluenceLines } from "./influence-lines";

const DAY = 24;

describe.each(["postgres", "pglite"] as const)("influence on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let ines: string;
  let otto: string;
  let dress: string;
  let scarf: string;
  let talk: TestConversation;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    shop = await makeShop();
    [ines, otto] = [await shop.agent("Ines"), await shop.agent("Otto")];
    dress = await shop.product("dress", ["dress-s", "dress-m"]);
    scarf = await shop.product("scarf");
    talk = await shop.conversation(await shop.visitor(), ines);
  });

  const load = async (from = -DAY, to = 40 * DAY, filters: Filters = {}, timeZone = "UTC") => {
    await shop.rollUp();
    return loadInfluence({ shopId: shop.shopId, range: { from: at(from), to: at(to) }, timeZone, filters });
  };
  const change = (orderId: string, hours: number, more: Partial<OrderChangeReport> = {}) =>
    recordReport(
      { shopId: shop.shopId, source: "webhook", receivedAt: at(500 * DAY) },
      readOwn({
        changes: [{ id: `${hours}`, orderId, kind: "refund", at: at(hours).toISOString(), ...more }],
      }),
    );
  const show = (conversation: TestConversation, productId: string, hours: number, memberId?: string) =>
    shop.fact({
      type: "item_shown",
      conversationId: conversation.conversationId,
      productId,
      memberId: memberId ?? null,
      occurredAt: at(hours),
    });

  it("[AT10] tells apart what was recommended, what was shown, and what else she bought", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    await show(talk, scarf, 0.5, ines);
    await say(talk, "agent", at(0.1));
    await shop.order(talk.visitorId, "o", at(1), [
      { id: "dress-m", unitMinor: 5_000 },
      { id: "scarf", unitMinor: 300 },
      { id: "no-such-thing", unitMinor: 20 },
    ]);
    const { kinds } = await load();
    expect(kinds).toEqual([
      expect.objectContaining({ kind: "recommended", gained: 5_000, lines: 1, pieces: 1 }),
      expect.objectContaining({ kind: "shown", gained: 300, lines: 1 }),
      expect.objectContaining({ kind: "talked", gained: 20, lines: 1 }),
    ]);
    expect(revenueLeft({ kinds }, ["shown", "talked"])).toEqual([{ currency: "EUR", minor: 320 }]);
  });

  it("[AT10] what nobody of the shop had a part in is not credited: not her own showing, not a taking alone", async () => {
    await show(talk, dress, 0.2);
    await shop.fact({
      type: "mark_drawn",
      data: { count: 1 },
      conversationId: talk.conversationId,
      visitorId: talk.visitorId,
      productId: dress,
      occurredAt: at(0.3),
    });
    await say(talk, "customer", at(0.2));
    await say(talk, "supervisor", at(0.3));
    await say(talk, "agent", at(0.4), "notice");
    const lines = [{ id: "dress-m", unitMinor: 500 }, { id: "no-such-thing" }];
    await shop.order(talk.visitorId, "unanswered", at(1), lines);
    expect((await load()).kinds).toEqual([]);
    // What she bought before the answer was not led to by it.
    await say(talk, "agent", at(2));
    expect((await load()).kinds).toEqual([]);
    await shop.order(talk.visitorId, "answered", at(2), lines);
    expect((await load()).kinds.map(({ kind, gained }) => [kind, gained])).toEqual([
      ["shown", 500],
      ["talked", 1_000],
    ]);
  });

  it("[AT9] prints the shop's rule, and reckons by it", async () => {
    expect((await load()).rule).toEqual({ model: "last", days: 30, halfLifeDays: 7 });
    const later = await shop.conversation(talk.visitorId, otto);
    await shop.recommend(talk, ines, dress, at(0));
    await shop.recommend(later, otto, dress, at(7 * DAY));
    await shop.order(talk.visitorId, "o", at(7 * DAY), [{ id: "dress", unitMinor: 900 }]);
    const ofInes = async (rule: Parameters<TestShop["attribute"]>[0]) => {
      await shop.attribute(rule);
      return revenueLeft(await load(-DAY, 40 * DAY, { memberId: ines }), ["recommended"]);
    };
    expect(await ofInes({ model: "last" })).toEqual([]);
    expect(await ofInes({ model: "first" })).toEqual([{ currency: "EUR", minor: 900 }]);
    expect(await ofInes({ model: "linear" })).toEqual([{ currency: "EUR", minor: 450 }]);
    expect(await ofInes({ model: "time_decay", halfLifeDays: 7 })).toEqual([{ currency: "EUR", minor: 300 }]);
    expect(await ofInes({ days: 6 })).toEqual([]);
    expect((await load()).rule).toEqual({ model: "time_decay", days: 6, halfLifeDays: 7 });
  });

  it("[AT20] gains on the day of the order and takes back on the day of the refund, in the shop's days", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    // 10 May, 23:30 in UTC: the 11th in Rome.
    await shop.order(talk.visitorId, "o", at(11.5), [{ id: "dress", quantity: 2, unitMinor: 1_000 }]);
    const before = await load(-DAY, 40 * DAY, {}, "Europe/Rome");
    expect(before.days).toEqual([
      { kind: "recommended", day: "2026-05-11", currency: "EUR", gained: 2_000, taken: 0, claimed: 2_000 },
    ]);
    await change("o", 20 * DAY, { lines: [{ id: "dress", quantity: 1 }] });
    const { days, kinds } = await load(-DAY, 40 * DAY, {}, "Europe/Rome");
    expect(days).toMatchObject([
      { day: "2026-05-11", gained: 2_000, taken: 0 },
      { day: "2026-05-30", gained: 0, taken: 1_000 },
    ]);
    expect(kinds).toMatchObject([{ gained: 2_000, taken: 1_000, pieces: 1 }]);
    // The month of the order stays what it was; the days of the refund alone are below zero.
    expect((await load(-DAY, 5 * DAY)).kinds).toMatchObject([{ gained: 2_000, taken: 0 }]);
    expect(revenueLeft(await load(5 * DAY, 40 * DAY), ["recommended"])).toEqual([
      { currency: "EUR", minor: -1_000 },
    ]);
  });

  it("[AT21] [AT22] a refund larger than the order, one from before it, and a cancellation after one", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    for (const id of ["large", "early", "both"]) {
      await shop.order(talk.visitorId, id, at(DAY), [{ id: "dress", quantity: 2, unitMinor: 500 }]);
    }
    await change("large", 2 * DAY, { amountMinor: 1_000_000 });
    await change("early", -5 * DAY, { lines: [{ id: "dress", quantity: 1 }] });
    await change("both", 3 * DAY, { lines: [{ id: "dress", quantity: 1 }] });
    await change("both", 4 * DAY, { kind: "cancellation" });
    expect((await load()).days.map(({ day, gained, taken }) => [day, gained, taken])).toEqual([
      ["2026-05-11", 3_000, 500],
      ["2026-05-12", 0, 1_000],
      ["2026-05-13", 0, 500],
      ["2026-05-14", 0, 500],
    ]);
  });

  it("[AT6] [AT7] two currencies stay two; no lines, nobody's and a stranger's order count nothing", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    await shop.order(talk.visitorId, "e", at(1), [{ id: "dress" }], "EUR");
    await shop.order(talk.visitorId, "j", at(1), [{ id: "dress", unitMinor: 80_000 }], "JPY");
    await shop.order(talk.visitorId, "none", at(1), []);
    await shop.order(await shop.visitor(), "stranger", at(1), [{ id: "dress" }]);
    await shop.order(talk.visitorId, "nobody", at(1), [{ id: "dress" }]);
    await getDb().order.updateMany({ where: { externalId: "nobody" }, data: { visitorId: null } });
    const influence = await load();
    expect(revenueLeft(influence, ["recommended"])).toEqual([
      { currency: "EUR", minor: 1_000 },
      { currency: "JPY", minor: 80_000 },
    ]);
    expect(influence.variants).toHaveLength(2);
  });

  it("[AT17] two browsers of one person are one customer; somebody else at the same browser is not", async () => {
    const phone = await shop.visitor();
    await shop.recommend(talk, ines, dress, at(0));
    await shop.order(phone, "o", at(1), [{ id: "dress" }]);
    expect((await load()).kinds).toEqual([]);
    const { shopId } = shop;
    const person = await getDb().person.create({ data: { shopId, externalId: "7" } });
    await getDb().visitor.updateMany({
      where: { id: { in: [phone, talk.visitorId] } },
      data: { personId: person.id },
    });
    expect((await load()).kinds).toMatchObject([{ kind: "recommended", gained: 1_000 }]);
    // Her husband signs in at her phone: he is a visitor of his own, and a person of his own.
    const husband = await shop.visitor();
    const other = await getDb().person.create({ data: { shopId, externalId: "8" } });
    await getDb().visitor.update({ where: { id: husband }, data: { personId: other.id } });
    await shop.order(husband, "his", at(2), [{ id: "dress" }]);
    expect((await load()).kinds).toMatchObject([{ gained: 1_000, lines: 1 }]);
  });

  it("[AT18] of what she showed herself the agent is who accepted the conversation", async () => {
    await show(talk, dress, 0.1);
    await say(talk, "agent", at(0.1));
    await show(await shop.conversation(talk.visitorId, ines), scarf, 0.2, otto);
    await shop.order(talk.visitorId, "o", at(1), [
      { id: "dress", unitMinor: 70 },
      { id: "scarf", unitMinor: 5 },
    ]);
    expect(revenueLeft(await load(-1, 99, { memberId: ines }), ["shown"])).toMatchObject([{ minor: 70 }]);
    expect(revenueLeft(await load(-1, 99, { memberId: otto }), ["shown"])).toMatchObject([{ minor: 5 }]);
  });

  it("[AT25] filters choose among credits; variants are named, and which of them was proposed", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    await shop.recommend(talk, ines, scarf, at(0));
    await getDb().variant.updateMany({
      where: { externalId: "dress-m", shopId: shop.shopId },
      data: { size: "M" },
    });
    await getDb().basketLine.create({
      data: {
        conversationId: talk.conversationId,
        shopId: shop.shopId,
        productId: dress,
        externalId: "dress-m",
        title: "",
        label: "",
        url: "",
        currency: "EUR",
        unitMinor: 1_000,
        quantity: 1,
        proposedBy: "somebody",
        createdAt: at(0),
      },
    });
    await shop.order(talk.visitorId, "o", at(1), [
      { id: "dress-m", quantity: 2 },
      { id: "dress-s" },
      { id: "scarf" },
    ]);
    expect((await load()).variants).toMatchObject([
      {
        externalId: "dress-m",
        productId: dress,
        variant: "M",
        direct: 2_000,
        assisted: 0,
        pieces: 2,
        proposed: 2,
      },
      { externalId: "dress-s", productId: dress, direct: 1_000, pieces: 1, proposed: 0 },
      { externalId: "scarf", productId: scarf, direct: 1_000 },
    ]);
    expect((await load(-1, 99, { productId: scarf })).kinds).toMatchObject([{ gained: 1_000 }]);
    expect((await load(-1, 99, { memberId: otto })).kinds).toEqual([]);
    expect((await load(-1, 99, { device: "phone" })).kinds).toEqual([]);
  });

  it("[AT23] [AT24] kinds, days and products add up to the same, however parts are taken back", async () => {
    await shop.attribute({ model: "linear" });
    for (let i = 0; i < 7; i++) {
      const conversation = await shop.conversation(talk.visitorId, i % 2 ? ines : otto);
      await shop.recommend(conversation, i % 2 ? ines : otto, dress, at(i));
      await show(conversation, scarf, i, i % 2 ? ines : otto);
    }
    await shop.order(talk.visitorId, "o", at(10), [
      { id: "dress-s", quantity: 5, unitMinor: 1_999 },
      { id: "scarf", quantity: 2, unitMinor: 333 },
    ]);
    for (const hours of [1, 2, 3, 4]) {
      await change("o", hours * DAY, { lines: [{ id: "dress-s", quantity: 1, amountMinor: 777 * hours }] });
      const { kinds, days, variants } = await load();
      const left = (rows: readonly { gained: number; taken: number }[]) =>
        rows.reduce((sum, { gained, taken }) => sum + gained - taken, 0);
      expect(left(days)).toBe(left(kinds));
      expect(variants.reduce((sum, { direct, assisted }) => sum + direct + assisted, 0)).toBe(left(kinds));
      const [both, one, other] = await Promise.all(
        [{}, { memberId: ines }, { memberId: otto }].map(async (filters) =>
          left((await load(-1, 999, filters)).kinds),
        ),
      );
      expect((one ?? 0) + (other ?? 0)).toBe(both);
    }
  });

  it("[AT27] opens every figure down to order line and conversation", async () => {
    await shop.attribute({ model: "linear" });
    const later = await shop.conversation(talk.visitorId, otto);
    await shop.recommend(talk, ines, dress, at(0));
    await shop.recommend(later, otto, dress, at(1));
    await show(talk, scarf, 1, ines);
    await shop.order(talk.visitorId, "o-1", at(2), [
      { id: "dress-s", unitMinor: 999 },
      { id: "scarf", unitMinor: 50 },
    ]);
    await change("o-1", 2 * DAY, { lines: [{ id: "dress-s", quantity: 1 }] });
    const range = { from: at(-DAY), to: at(9 * DAY) };
    const question = { shopId: shop.shopId, range, timeZone: "UTC", filters: {} };
    await shop.rollUp();
    const { rows, total } = await loadInfluenceLines(question, "recommended", { limit: 50, offset: 0 });
    expect(total).toBe(4);
    expect(rows.map(({ minor }) => minor).sort((a, b) => a - b)).toEqual([-500, -499, 499, 500]);
    expect(rows.find(({ minor }) => minor === 500)).toEqual({
      kind: "recommended",
      day: "2026-05-10",
      orderId: "o-1",
      confirmed: false,
      title: "Product dress",
      externalId: "dress-s",
      conversationId: later.conversationId,
      agent: "Otto",
      touchedAt: at(1).getTime(),
      currency: "EUR",
      minor: 500,
      wholeMinor: 999,
      total: 4,
    });
    expect((await loadInfluenceLines(question, "recommended", { limit: 1, offset: 3 })).rows).toHaveLength(1);
    for (const one of creditKinds) {
      const lines = await loadInfluenceLines(question, one, { limit: 50, offset: 0 });
      const left = revenueLeft(await loadInfluence(question), [one])[0]?.minor ?? 0;
      expect(lines.rows.reduce((sum, { minor }) => sum + minor, 0)).toBe(left);
    }
  });

  it("[IN171] keeps what came of the conversations that somebody took", async () => {
    await shop.recommend(talk, otto, dress, at(0));
    await shop.order(talk.visitorId, "o", at(1), [{ id: "dress" }]);
    expect((await load(-1, 99, { takenBy: ines })).kinds).toMatchObject([{ gained: 1_000 }]);
    expect((await load(-1, 99, { takenBy: otto })).kinds).toEqual([]);
  });

  it("[IN16] pieces without end break no figure", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    await claimEndlessly(shop, talk.visitorId, "dress");
    const { kinds, variants } = await load();
    expect(kinds).toMatchObject([{ pieces: ENDLESS }]);
    expect(variants).toMatchObject([{ pieces: ENDLESS }]);
  });

  it("[AT26] says which part only browsers claim", async () => {
    await shop.recommend(talk, ines, dress, at(0));
    await shop.order(talk.visitorId, "claimed", at(1), [{ id: "dress" }]);
    expect((await load()).kinds).toMatchObject([{ gained: 1_000, claimed: 1_000 }]);
    await getDb().order.updateMany({ where: { externalId: "claimed" }, data: { confirmedAt: at(2) } });
    expect((await load()).kinds).toMatchObject([{ gained: 1_000, claimed: 0 }]);
  });
});
