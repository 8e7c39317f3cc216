import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signOrderToken, signVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import type { OrderChangeReport, OrderReport } from "@/lib/protocol/api/order-report";
import { deskPort } from "@/lib/protocol/desk-port";
import { openTestDatabase } from "@/tests/support/database";
import { at, makeShop, NOON, type TestShop } from "../internal/test-shop";
import { loadInfluence } from "../reports/influence";
import { findJourney } from "../reports/journey";
import { listOrders } from "./list-orders";
import { recordReport } from "./record-report";
import { readOwn } from "./shapes/own";

const range = { from: at(-24), to: at(24) };

function order(id: string, more: Partial<OrderReport> = {}): OrderReport {
  const lines = [{ id: "bag-red", lineId: "1", quantity: 2, unitMinor: 5_000 }];
  return { id, currency: "EUR", totalMinor: 10_000, placedAt: at(2).toISOString(), lines, ...more };
}

function refund(id: string, orderId: string, more: Partial<OrderChangeReport> = {}): OrderChangeReport {
  return { id, orderId, kind: "refund", at: at(3).toISOString(), ...more };
}

describe.each(["postgres", "pglite"] as const)("orders from the shop's server on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let member: string;
  let bag: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    deskPort.provide({ conversationChanged() {}, visitorMoved() {} });
    shop = await makeShop();
    member = await shop.agent("Ines");
    bag = await shop.product("bag", ["bag-red", "bag-blue"]);
  });
  afterAll(() => database.close());

  const report = (body: Parameters<typeof readOwn>[0], to: TestShop = shop) =>
    recordReport({ shopId: to.shopId, source: "webhook", receivedAt: at(4) }, readOwn(body));
  const stored = (externalId: string) =>
    getDb().order.findUniqueOrThrow({
      where: { shopId_externalId: { shopId: shop.shopId, externalId } },
      include: { lines: { orderBy: { id: "asc" } } },
    });
  /** A customer to whom the bag was recommended at noon. */
  async function recommended() {
    const conversation = await shop.conversation(await shop.visitor(), member);
    await shop.recommend(conversation, member, bag, NOON);
    return conversation;
  }
  const claim = (visitorId: Awaited<ReturnType<TestShop["visitor"]>>, id: string) =>
    shop.order(visitorId, id, at(2), [{ id: "bag-red", quantity: 1, unitMinor: 1 }]);

  it("[IN40] a claim becomes the proven order: the same row, with the server's lines", async () => {
    const { visitorId } = await recommended();
    await claim(visitorId, "A-1");
    const before = await stored("A-1");
    expect(before).toMatchObject({ source: "browser", confirmedAt: null, visitorBy: "claim" });
    expect(await report({ orders: [order("A-1")] })).toMatchObject({
      orders: [{ id: "A-1", result: "stored" }],
    });
    const after = await stored("A-1");
    expect(after).toMatchObject({
      id: before.id,
      source: "webhook",
      confirmedAt: at(4),
      visitorId,
      totalMinor: 10_000n,
      lines: [{ quantity: 2, unitMinor: 5_000n, totalMinor: 10_000n, productId: bag }],
    });
  });

  it("[IN41] a claim changes nothing of a proven order, and says whose it is only while nobody has", async () => {
    const first = await shop.visitor();
    await report({ orders: [order("A-2")] });
    expect(await claim(first, "A-2")).toMatchObject({ orders: 0 });
    await claim(await shop.visitor(), "A-2");
    expect(await stored("A-2")).toMatchObject({
      visitorId: first,
      visitorBy: "claim",
      source: "webhook",
      lines: [{ quantity: 2, unitMinor: 5_000n }],
    });
    await report({ orders: [order("A-3", { placedAt: at(-40).toISOString() })] });
    await claim(first, "A-3");
    expect(await stored("A-3")).toMatchObject({ visitorId: null });
  });

  it("[IN58] who claimed an order before it was placed did not place it, unless the server names her", async () => {
    const guesser = await shop.visitor();
    await claim(guesser, "NEXT-1");
    await report({ orders: [order("NEXT-1", { placedAt: at(2.5).toISOString() })] });
    expect(await stored("NEXT-1")).toMatchObject({ visitorId: null, visitorBy: null, source: "webhook" });
    // A clock a few minutes off is no reason to doubt her.
    await claim(guesser, "NEXT-2");
    await report({ orders: [order("NEXT-2", { placedAt: at(2.1).toISOString() })] });
    expect(await stored("NEXT-2")).toMatchObject({ visitorId: guesser, visitorBy: "claim" });
  });

  it("[IN42] the newest version stands, whatever comes when, and as often as it comes", async () => {
    const v1 = order("A-4", { updatedAt: at(2).toISOString() });
    const v2 = order("A-4", {
      updatedAt: at(3).toISOString(),
      totalMinor: 7_000,
      lines: [{ id: "bag-blue", quantity: 1, unitMinor: 7_000 }],
    });
    await report({ orders: [v1] });
    await report({ orders: [v2] });
    expect(await report({ orders: [v1] })).toMatchObject({ orders: [{ result: "known" }] });
    await report({ orders: [v2] });
    expect(await stored("A-4")).toMatchObject({ totalMinor: 7_000n, lines: [{ externalId: "bag-blue" }] });
    expect((await stored("A-4")).lines).toHaveLength(1);
  });

  it("[IN42] many at once leave one order with one set of lines", async () => {
    await Promise.all(Array.from({ length: 8 }, () => report({ orders: [order("A-5")] })));
    expect((await stored("A-5")).lines).toHaveLength(1);
  });

  it("[IN43] a refund that comes before its order is joined with it, and counts once", async () => {
    const back = refund("R-1", "A-6", { lines: [{ lineId: "1", quantity: 1 }] });
    expect(await report({ changes: [back] })).toMatchObject({ changes: [{ result: "kept" }] });
    await report({ orders: [order("A-6")] });
    expect(await report({ changes: [back] })).toMatchObject({ changes: [{ result: "known" }] });
    // A newer version of the order brings its lines anew; what was given back stays given back.
    await report({ orders: [order("A-6", { updatedAt: at(4).toISOString() })] });
    expect(await stored("A-6")).toMatchObject({
      lines: [{ quantity: 2, refundedQuantity: 1, refundedMinor: 5_000n }],
    });
  });

  it("[IN43] [IN44] a cancellation stands unless a newer version takes it back", async () => {
    await report({
      changes: [{ id: "C-1", orderId: "A-7", kind: "cancellation", at: at(3).toISOString() }],
    });
    await report({ orders: [order("A-7")] });
    expect(await stored("A-7")).toMatchObject({ status: "cancelled" });
    await report({ orders: [order("A-7", { updatedAt: at(3.5).toISOString() })] });
    expect(await stored("A-7")).toMatchObject({ status: "placed" });
  });

  it("[IN44] reports count neither cancelled orders nor what was given back, and say what only browsers claim", async () => {
    const own = await makeShop();
    const agent = await own.agent("Ada");
    const coat = await own.product("coat");
    const conversation = await own.conversation(await own.visitor(), agent);
    await own.recommend(conversation, agent, coat, NOON);
    const { visitorId, conversationId } = conversation;
    const vetrina_visitor = await signOrderToken({ visitorId, shopId: own.shopId });
    const lines = [{ id: "coat", lineId: "1", quantity: 4, unitMinor: 1_000 }];
    const sold = (id: string, more: Partial<OrderReport> = {}) =>
      order(id, { vetrina_visitor, lines, totalMinor: 4_000, ...more });
    await report({ orders: [sold("kept"), sold("gone", { status: "cancelled" }), sold("back")] }, own);
    await report(
      {
        changes: [
          refund("1", "kept", { lines: [{ id: "coat", quantity: 1 }] }),
          refund("2", "back", { amountMinor: 4_000 }),
        ],
      },
      own,
    );
    await own.order(visitorId, "claimed", at(2), [{ id: "coat", quantity: 1, unitMinor: 50 }]);
    const question = { shopId: own.shopId, range, timeZone: "UTC", filters: {} };
    await own.rollUp();
    const { kinds, variants } = await loadInfluence(question);
    const [revenue] = kinds;
    expect((revenue?.gained ?? 0) - (revenue?.taken ?? 0)).toBe(3_050);
    expect(kinds).toMatchObject([{ kind: "recommended", pieces: 4, claimed: 50 }]);
    expect(variants).toMatchObject([{ externalId: "coat", direct: 3_050 }]);
    const journey = await findJourney({ shopId: own.shopId, conversationId });
    expect(
      journey?.steps
        .filter(({ kind }) => kind === "bought")
        .map(({ source, quantity, minor }) => [source, quantity, minor])
        .toSorted(),
    ).toEqual([
      ["browser", 1, 50],
      ["server", 3, 3_000],
    ]);
  });

  it("[IN45] amounts larger than 32 bits are kept exactly, and an indivisible line keeps its amount", async () => {
    const lines = [{ id: "bag-red", quantity: 3, unitMinor: 3_333, totalMinor: 9_999_999_999 }];
    await report({ orders: [order("A-8", { currency: "IDR", totalMinor: 9_999_999_999, lines })] });
    await report({
      orders: [order("A-9", { lines: [{ id: "bag-red", quantity: 3, unitMinor: 333, totalMinor: 1_000 }] })],
    });
    expect(await stored("A-8")).toMatchObject({
      totalMinor: 9_999_999_999n,
      lines: [{ totalMinor: 9_999_999_999n }],
    });
    expect(await stored("A-9")).toMatchObject({ lines: [{ unitMinor: 333n, totalMinor: 1_000n }] });
  });

  it("[VI15] [IN46] a token of ours says whose order it is; one of another shop, or a forged one, says nothing", async () => {
    const visitorId = await shop.visitor();
    const token = await signOrderToken({ visitorId, shopId: shop.shopId });
    const stranger = await makeShop();
    const foreign = await signOrderToken({ visitorId: await stranger.visitor(), shopId: stranger.shopId });
    // What opens her conversation says nothing of an order.
    const hers = await signVisitorToken({ visitorId, shopId: shop.shopId });
    const smuggled = await signOrderToken({ visitorId: await stranger.visitor(), shopId: shop.shopId });
    await report({
      orders: [
        order("T-1", { vetrina_visitor: token }),
        order("T-2", { vetrina_visitor: foreign }),
        order("T-3", { vetrina_visitor: "not-a-token-of-ours" }),
        order("T-4", { vetrina_visitor: smuggled }),
        order("T-5", { vetrina_visitor: hers }),
      ],
    });
    expect(await stored("T-1")).toMatchObject({ visitorId, visitorBy: "token" });
    for (const id of ["T-2", "T-3", "T-4", "T-5"])
      expect(await stored(id)).toMatchObject({ visitorId: null });
  });

  it("[IN46] the shop's number of a customer names who identified with it, before any claim and after any token", async () => {
    const visitorId = await shop.visitor();
    const person = await getDb().person.create({ data: { shopId: shop.shopId, externalId: "customer-7" } });
    await getDb().visitor.update({ where: { id: visitorId }, data: { personId: person.id } });
    await claim(await shop.visitor(), "P-1");
    await report({ orders: [order("P-1", { customerId: "customer-7" })] });
    expect(await stored("P-1")).toMatchObject({
      visitorId,
      visitorBy: "person",
      customerExternalId: "customer-7",
    });
    const other = await shop.visitor();
    const vetrina_visitor = await signOrderToken({ visitorId: other, shopId: shop.shopId });
    await report({ orders: [order("P-1", { customerId: "customer-7", vetrina_visitor })] });
    await report({ orders: [order("P-1", { customerId: "customer-7" })] });
    expect(await stored("P-1")).toMatchObject({ visitorId: other, visitorBy: "token" });
    const stranger = await makeShop();
    await report({ orders: [order("P-2", { customerId: "customer-7" })] }, stranger);
    expect(await getDb().order.findFirst({ where: { shopId: stranger.shopId } })).toMatchObject({
      visitorId: null,
    });
  });

  it("[IN47] a line of an unknown product is stored without one; another shop's product is unknown", async () => {
    const stranger = await makeShop();
    await stranger.product("foreign", ["foreign-red"]);
    const lines = [{ id: "foreign-red", title: "Scarf", sku: "S-1", quantity: 1, unitMinor: 10_000 }];
    await report({ orders: [order("A-10", { lines })] });
    expect(await stored("A-10")).toMatchObject({
      lines: [{ externalId: "foreign-red", productId: null, title: "Scarf", sku: "S-1" }],
    });
  });

  it("[IN45] an order from the future was placed when it came", async () => {
    await report({ orders: [order("A-11", { placedAt: at(9_000).toISOString() })] });
    expect(await stored("A-11")).toMatchObject({ placedAt: at(4) });
  });

  it("[IN64] whoever follows the orders sees each once more when it changes, and none that may still be overtaken", async () => {
    const own = await makeShop();
    await report({ orders: ["1", "2", "3"].map((id) => order(id)) }, own);
    const later = new Date(Date.now() + 60_000);
    const page = await listOrders(own.shopId, { limit: 2 }, later);
    expect(page.orders.map(({ id }) => id)).toEqual(["1", "2"]);
    const rest = await listOrders(own.shopId, { limit: 2, cursor: page.next }, later);
    expect(rest).toMatchObject({ orders: [{ id: "3" }], more: false });
    await report({ changes: [refund("1", "2", { amountMinor: 10_000 })] }, own);
    const changed = await listOrders(own.shopId, { limit: 2, cursor: rest.next }, later);
    expect(changed.orders).toMatchObject([{ id: "2", lines: [{ refundedMinor: 10_000 }] }]);
    expect(await listOrders(own.shopId, { limit: 2, cursor: rest.next }, new Date())).toMatchObject({
      orders: [],
      next: rest.next,
    });
    await expect(listOrders(own.shopId, { limit: 2, cursor: "bm9uc2Vuc2U" }, later)).rejects.toMatchObject({
      code: "bad_request",
    });
  });
});
