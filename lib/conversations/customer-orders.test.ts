import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seal } from "@/lib/auth/sealed";
import type { ShopId } from "@/lib/protocol/ids";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { allowOutside } from "@/tests/support/outside";
import { createMember, createShop, createVisitor, type TestVisitor } from "@/tests/support/shop-people";
import { connectionTo, platforms } from "@/tests/support/shops/platforms";
import type { StandIn } from "@/tests/support/shops/stand-in";
import { ANNA } from "@/tests/support/shops/stock";
import { requireConversationAccess as access } from "./access";
import { loadCartOf } from "./customer-cart";
import { loadOrderOf, loadOrdersOf } from "./customer-orders";
import { openConversation } from "./open-conversation";

let database: TestDatabase;
let outside: ReturnType<typeof allowOutside>;
let woo: StandIn;
let shopId: ShopId;
let agent: Headers;

beforeAll(async () => {
  database = await openTestDatabase("postgres");
  outside = allowOutside();
  woo = await platforms.woocommerce.start();
  shopId = await createShop();
  agent = await createMember(shopId, "agent", "Ines");
}, 60_000);
afterAll(async () => {
  await woo?.close();
  await outside?.close();
  await database?.close();
});

async function order(of: TestVisitor, externalId: string, more: object = {}) {
  await database.db.order.create({
    data: {
      ...{
        shopId,
        visitorId: of.visitorId,
        externalId,
        source: "browser",
        currency: "EUR",
        totalMinor: 4_990n,
      },
      placedAt: new Date("2026-05-10T12:00:00Z"),
      lines: {
        create: [
          { externalId: "BAG-RED", title: "Saddle bag", quantity: 2, unitMinor: 2_495n, totalMinor: 4_990n },
        ],
      },
      ...more,
    },
  });
}

const vouchedFor = (visitors: readonly TestVisitor[], email: string) => personOf(shopId, visitors, email);

async function personOf(shopId: ShopId, visitors: readonly TestVisitor[], email: string) {
  const person = await database.db.person.create({
    data: { shopId, externalId: email, name: "Anna", email },
  });
  await database.db.visitor.updateMany({
    where: { id: { in: visitors.map(({ visitorId }) => visitorId) } },
    data: { personId: person.id },
  });
}

const meet = async (visitor: TestVisitor) =>
  access(agent, (await openConversation(visitor, "en")).conversationId);

describe("a customer's orders", () => {
  it("[CO70] are hers at every browser of hers, newest first, with who says so; nobody else's", async () => {
    const [phone, desk, stranger] = [
      await createVisitor(shopId),
      await createVisitor(shopId),
      await createVisitor(shopId),
    ];
    await vouchedFor([phone, desk], "own@x.example");
    await order(phone, "1001", { confirmedAt: new Date() });
    await order(phone, "1000", {
      confirmedAt: new Date(),
      visitorBy: "claim",
      placedAt: new Date("2026-05-09T12:00:00Z"),
    });
    await order(desk, "1002", { placedAt: new Date("2026-05-11T12:00:00Z") });
    await order(desk, "1003", { placedAt: new Date("2026-05-12T12:00:00Z"), status: "cancelled" });
    await order(stranger, "2001");
    const hers = await meet(phone);
    const { source, orders } = await loadOrdersOf(hers);
    expect(source).toBe("reports");
    expect(orders.map((one) => [one.reference, one.proven, one.cancelled, one.totalMinor])).toEqual([
      ["1003", false, true, 4_990],
      ["1002", false, false, 4_990],
      ["1001", true, false, 4_990],
      ["1000", false, false, 4_990],
    ]);
    expect((await loadOrderOf(hers, "1002")).lines).toEqual([{ title: "Saddle bag", quantity: 2 }]);
    for (const reference of ["2001", "no such order", "with\0nul"]) {
      await expect(loadOrderOf(hers, reference)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("[CO70] are shown to the shop's people only", async () => {
    const visitor = await createVisitor(shopId);
    const { conversationId } = await openConversation(visitor, "en");
    const herself = await access(visitor.headers, conversationId);
    await expect(loadOrdersOf(herself)).rejects.toMatchObject({ code: "forbidden" });
    await expect(loadOrderOf(herself, "1001")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("[CO71] come from the shop's own system where one is connected and vouches for her, with where they are", async () => {
    const { address, credentials, settings } = connectionTo("woocommerce", woo);
    await database.db.shopConnection.create({
      data: {
        ...{ shopId, kind: "woocommerce", address, settings },
        credentials: await seal(JSON.stringify(credentials)),
      },
    });
    const anna = await createVisitor(shopId);
    await order(anna, "reported");
    const unknown = await meet(anna);
    expect((await loadOrdersOf(unknown)).orders.map((one) => one.reference)).toEqual(["reported"]);

    await vouchedFor([anna], ANNA.email);
    const known = await meet(anna);
    const live = await loadOrdersOf(known);
    expect(live.source).toBe("shop");
    expect(live.orders.length).toBeGreaterThan(0);
    const [first] = live.orders;
    expect(first?.state).not.toBe("");
    expect((await loadOrderOf(known, first?.reference ?? "")).lines.length).toBeGreaterThan(0);
  });

  it("[CO99] her cart is the shop's word for whom its server vouched, of nobody else, and of who asks for the shop", async () => {
    const oct8ne = await platforms.oct8ne.start();
    const { address, credentials, settings } = connectionTo("oct8ne", oct8ne);
    const other = await createShop();
    const inOther = await createMember(other, "agent", "Olga");
    const meetThere = async (visitor: TestVisitor) =>
      access(inOther, (await openConversation(visitor, "en")).conversationId);
    const unconnected = await createVisitor(other);
    const known = await createVisitor(other);
    const stranger = await createVisitor(other);
    await personOf(other, [known], ANNA.email);
    await personOf(other, [stranger], "nobody@x.example");
    expect(await loadCartOf(await meetThere(known))).toEqual({ cart: null });
    await database.db.shopConnection.create({
      data: {
        ...{ shopId: other, kind: "oct8ne", address, settings },
        credentials: await seal(JSON.stringify(credentials)),
      },
    });
    const before = Date.now();
    const { cart } = await loadCartOf(await meetThere(known));
    expect(cart).toEqual({
      asOf: expect.any(Number),
      currency: "EUR",
      totalMinor: 9_585,
      lines: [{ id: "101", title: "Linen dress", quantity: 1, totalMinor: 8_990 }],
    });
    expect(cart?.asOf).toBeGreaterThanOrEqual(before);
    oct8ne.asked.length = 0;
    expect(await loadCartOf(await meetThere(unconnected))).toEqual({ cart: null });
    expect(oct8ne.asked.length).toBe(0);
    expect(await loadCartOf(await meetThere(stranger))).toEqual({ cart: null });
    const herself = await access(known.headers, (await openConversation(known, "en")).conversationId);
    await expect(loadCartOf(herself)).rejects.toMatchObject({ code: "forbidden" });
    // An adapter that goes by somebody's session has a cart for everybody.
    oct8ne.fault = ({ url }) =>
      url.pathname.endsWith("customerData") ? { body: { id: 99, email: "eve@example.test" } } : null;
    expect(await loadCartOf(await meetThere(known))).toEqual({ cart: null });
    await oct8ne.close();
    expect(await loadCartOf(await meetThere(known))).toEqual({ cart: null });
  });

  it("[CO71] a shop's system that does not answer leaves what was reported", async () => {
    const away = await createVisitor(shopId);
    await vouchedFor([away], "away@x.example");
    await order(away, "still-there");
    await woo.close();
    const { source, orders } = await loadOrdersOf(await meet(away));
    expect([source, orders.map((one) => one.reference)]).toEqual(["reports", ["still-there"]]);
  });
});
