import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { openOutside, outsideSlot } from "@/lib/http/outside/outside";
import { at, makeShop, NOON, type TestShop } from "@/lib/insights/internal/test-shop";
import { recordReport } from "@/lib/insights/orders/record-report";
import { readOwn } from "@/lib/insights/orders/shapes/own";
import { deskPort } from "@/lib/protocol/desk-port";
import { type WebhookType, webhookDataSchemas, webhookTypes } from "@/lib/protocol/webhooks";
import { openTestDatabase } from "@/tests/support/database";
import { deleteOldDeliveries } from "./delete-old";
import { listDeliveries, redeliver, sendTest } from "./deliveries";
import { createEndpoint, deleteEndpoint, listEndpoints, setEndpointActive } from "./endpoints";
import { MAX_ATTEMPTS, retryAt } from "./retry-times";
import { openWebhookWorker, takeTurn } from "./worker";

interface Received {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const messageSchema = z.object({ type: z.string(), timestamp: z.iso.datetime(), data: z.unknown() });
const never = new AbortController().signal;

describe.each(["postgres", "pglite"] as const)("webhooks on %s", (kind) => {
  let database: { close(): Promise<void> };
  let server: Server;
  let origin: string;
  let shop: TestShop;
  let received: Received[] = [];
  /** What the shop's server answers, by path. */
  let statusOf: (path: string) => number = () => 204;
  /** How many it is working on, and how many at most at once. */
  let busy = 0;
  let busiest = 0;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    deskPort.provide({ conversationChanged() {}, visitorMoved() {} });
    outsideSlot.provide(openOutside(readAllowedPlaces("127.0.0.1")));
    server = createServer((request, response) => {
      busy += 1;
      busiest = Math.max(busiest, busy);
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const path = request.url ?? "";
        received.push({ path, headers: request.headers as Record<string, string>, body });
        response.on("close", () => {
          busy -= 1;
        });
        response.writeHead(statusOf(path), path === "/moved" ? { location: "/elsewhere" } : {}).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await outsideSlot.get().close();
    await new Promise((done) => server.close(done));
    await database.close();
  });
  afterEach(() => {
    received = [];
    statusOf = () => 204;
  });

  const endpoint = async (path: string, types: readonly WebhookType[] = webhookTypes, of = shop) =>
    createEndpoint(of.shopId, { url: `${origin}${path}`, types: [...types] });
  const sendAll = async () => {
    while (await takeTurn(never)) {
      // Until nothing is due.
    }
  };
  const due = (endpointId: string) =>
    getDb().webhookDelivery.updateMany({
      where: { endpointId, status: "pending" },
      data: { nextAt: new Date(0) },
    });
  const rested = (id: string) =>
    getDb().webhookEndpoint.update({ where: { id }, data: { leasedUntil: null } });
  async function freshShop() {
    shop = await makeShop();
    const member = await shop.agent("Ines");
    const conversation = await shop.conversation(await shop.visitor(), member);
    return { member, conversation, bag: await shop.product("bag", ["bag-red"]) };
  }
  const sorted = (all: readonly Received[]) =>
    all.map(({ body }) => z.parse(messageSchema, JSON.parse(body)));

  it("[IN70] each kind of fact becomes one message of the documented shape for each endpoint that wants it", async () => {
    const { member, conversation, bag } = await freshShop();
    const { conversationId, visitorId } = conversation;
    await endpoint("/all");
    await endpoint("/orders", ["order.matched"]);
    const off = await endpoint("/off");
    await setEndpointActive(shop.shopId, off.id, false);
    await endpoint("/stranger", webhookTypes, await makeShop());
    await shop.fact({ type: "conversation_started", conversationId, visitorId });
    await shop.recommend(conversation, member, bag, NOON);
    await shop.fact({ type: "mark_drawn", data: { count: 1 }, conversationId });
    await shop.claim(
      visitorId,
      { type: "cart_changed", currency: "EUR", lines: [{ id: "bag-red", quantity: 2, unitMinor: 500 }] },
      at(1),
    );
    await shop.order(visitorId, "W-1", at(2), [{ id: "bag-red", quantity: 2, unitMinor: 500 }]);
    await shop.fact({ type: "conversation_closed", data: { by: "agent" }, conversationId });
    await sendAll();
    const all = sorted(received.filter(({ path }) => path === "/all"));
    expect(all.map(({ type }) => type).toSorted()).toEqual([...webhookTypes].toSorted());
    for (const type of webhookTypes) {
      const message = all.find((each) => each.type === type);
      expect(
        z.safeParse(z.strictObject(webhookDataSchemas[type].shape), message?.data).error,
      ).toBeUndefined();
    }
    expect(all.find(({ type }) => type === "recommendation.made")?.data).toMatchObject({
      conversationId,
      productId: "bag",
      agent: "Ines",
    });
    expect(sorted(received.filter(({ path }) => path === "/orders"))).toMatchObject([
      { type: "order.matched", data: { orderId: "W-1", confirmed: false, totalMinor: 1_000 } },
    ]);
    expect(received.filter(({ path }) => path === "/off" || path === "/stranger")).toEqual([]);
  });

  it("[IN71] every message is signed by Standard Webhooks, and carries the same id however often it is tried", async () => {
    const { conversation } = await freshShop();
    const { id, secret } = await endpoint("/signed");
    statusOf = () => 500;
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    await sendAll();
    statusOf = () => 200;
    await due(id);
    await rested(id);
    await sendAll();
    const ids = received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    for (const { body, headers } of received) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "conversation.ended" });
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    }
    const row = await getDb().webhookEndpoint.findUniqueOrThrow({ where: { id } });
    expect(row.sealedSecret).not.toContain(secret);
    expect(row).toMatchObject({ failures: 0, failingSince: null });
  });

  it("[IN72] what is not taken is tried again later and later, and given up after the last time", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/down");
    statusOf = () => 503;
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await sendAll();
      expect(await listDeliveries(shop.shopId, id)).toMatchObject([
        {
          attempts: attempt,
          answered: 503,
          error: "answered 503",
          status: attempt === MAX_ATTEMPTS ? "failed" : "pending",
        },
      ]);
      await due(id);
      await rested(id);
    }
    await sendAll();
    expect(received).toHaveLength(MAX_ATTEMPTS);
  });

  it("[IN73] an endpoint that has taken nothing for five days, or says that it is gone, is switched off", async () => {
    const { conversation } = await freshShop();
    const weary = await endpoint("/weary");
    await endpoint("/gone");
    statusOf = (path) => (path === "/gone" ? 410 : 500);
    await getDb().webhookEndpoint.update({
      where: { id: weary.id },
      data: { failingSince: new Date(Date.now() - 5 * 86_400_000) },
    });
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    await sendAll();
    for (const each of await listEndpoints(shop.shopId)) {
      expect(each).toMatchObject({ active: false, failures: 1, disabledAt: expect.any(Date) });
    }
    statusOf = () => 200;
    await setEndpointActive(shop.shopId, weary.id, true);
    await due(weary.id);
    await sendAll();
    expect(await listDeliveries(shop.shopId, weary.id)).toMatchObject([{ status: "delivered" }]);
  });

  it("[IN74] several workers send each message once, and never two at a time to one endpoint", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/one");
    for (let i = 0; i < 12; i++) {
      await shop.fact({ type: "conversation_started", conversationId: conversation.conversationId });
    }
    busiest = 0;
    const workers = Array.from({ length: 3 }, () => openWebhookWorker((error) => expect(error).toBeNull()));
    await expect
      .poll(() => getDb().webhookDelivery.count({ where: { endpointId: id, status: "delivered" } }), {
        timeout: 20_000,
      })
      .toBe(12);
    await Promise.all(workers.map((worker) => worker.close()));
    expect(received).toHaveLength(12);
    expect(busiest).toBe(1);
  });

  it("[IN75] a redirect is not followed, and what lies in a private network is not asked", async () => {
    await freshShop();
    const moved = await endpoint("/moved");
    statusOf = () => 307;
    expect(await sendTest(shop.shopId, moved.id)).toMatchObject({ delivered: false, answered: 307 });
    expect(received.map(({ path }) => path)).toEqual(["/moved"]);
    const inside = await createEndpoint(shop.shopId, {
      url: "https://10.0.0.1/hook",
      types: ["order.matched"],
    });
    expect(await sendTest(shop.shopId, inside.id)).toMatchObject({
      delivered: false,
      answered: null,
      error: expect.stringMatching(/private network/),
    });
  });

  it("[IN76] a test, and a message sent again by hand, go out at once; failing they use up no attempt", async () => {
    const { conversation } = await freshShop();
    const { id, secret } = await endpoint("/hand", ["conversation.ended"]);
    expect(await sendTest(shop.shopId, id)).toEqual({ delivered: true, answered: 204, error: null });
    expect(new Webhook(secret).verify(received[0]?.body ?? "", received[0]?.headers ?? {})).toMatchObject({
      type: "webhook.test",
    });
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    const [delivery] = await listDeliveries(shop.shopId, id);
    statusOf = () => 500;
    await redeliver(shop.shopId, delivery?.id ?? "");
    expect((await listDeliveries(shop.shopId, id))[0]).toMatchObject({ status: "pending", attempts: 0 });
    expect(await listEndpoints(shop.shopId)).toMatchObject([{ failures: 0 }]);
    statusOf = () => 200;
    await redeliver(shop.shopId, delivery?.id ?? "");
    expect((await listDeliveries(shop.shopId, id))[0]).toMatchObject({ status: "delivered" });
  });

  it("[IN77] an order's credited lines are told once as a claim and once when they are proven", async () => {
    const { member, conversation, bag } = await freshShop();
    const { id } = await endpoint("/matched", ["order.matched"]);
    await shop.recommend(conversation, member, bag, NOON);
    await shop.product("other");
    const told = async () => (await listDeliveries(shop.shopId, id)).length;
    await shop.order(conversation.visitorId, "M-1", at(2), [{ id: "other" }]);
    expect(await told()).toBe(0);
    await shop.order(conversation.visitorId, "M-2", at(2), [{ id: "bag-red" }, { id: "bag" }]);
    expect(await told()).toBe(1);
    const report = (status: "placed" | "cancelled", updatedAt: Date) =>
      recordReport(
        { shopId: shop.shopId, source: "webhook", receivedAt: at(9) },
        readOwn({
          orders: [
            {
              id: "M-2",
              currency: "EUR",
              totalMinor: 900,
              placedAt: at(2).toISOString(),
              updatedAt: updatedAt.toISOString(),
              status,
              lines: [{ id: "bag-red", quantity: 1, unitMinor: 900 }],
            },
          ],
        }),
      );
    await report("placed", at(3));
    await report("placed", at(4));
    expect(await told()).toBe(2);
    await sendAll();
    expect(sorted(received).map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ orderId: "M-2", confirmed: false, quantity: 2 }),
        expect.objectContaining({ orderId: "M-2", confirmed: true, quantity: 1, totalMinor: 900 }),
      ]),
    );
  });

  it("[IN78] a cart tells what it has grown by, and a repeated cart nothing", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/cart", ["product.added_to_cart"]);
    const cart = (hour: number, quantity: number) =>
      shop.claim(
        conversation.visitorId,
        { type: "cart_changed", currency: "EUR", lines: [{ id: "bag-red", quantity, unitMinor: 500 }] },
        at(hour),
      );
    await cart(1, 1);
    await cart(2, 1);
    await cart(3, 3);
    await cart(4, 2);
    await sendAll();
    expect(await listDeliveries(shop.shopId, id)).toHaveLength(2);
    expect(sorted(received).map(({ data }) => data)).toMatchObject([
      { productId: "bag-red", quantity: 1, conversationId: conversation.conversationId },
      { productId: "bag-red", quantity: 2, unitMinor: 500, currency: "EUR" },
    ]);
  });

  it("[IN78] whatever a page calls a product, its message can be sent: the id is a header", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/words", ["product.added_to_cart"]);
    const lines = [{ id: "\u978b \u{1f45f}\n", quantity: 1, unitMinor: 500 }];
    await shop.claim(conversation.visitorId, { type: "cart_changed", currency: "EUR", lines }, at(1));
    await sendAll();
    expect((await listDeliveries(shop.shopId, id)).map(({ status }) => status)).toEqual(["delivered"]);
  });

  it("[IN78] while two thousand messages wait for an endpoint, what pages say of carts adds none", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/flood", ["product.added_to_cart"]);
    await getDb().webhookDelivery.createMany({
      data: Array.from({ length: 2_000 }, (_, i) => ({
        ...{ shopId: shop.shopId, endpointId: id, messageId: `waits-${i}`, type: "order.matched" },
        payload: {},
        nextAt: new Date(Date.now() + 3_600_000),
      })),
    });
    const lines = [{ id: "bag-red", quantity: 1, unitMinor: 500 }];
    await shop.claim(conversation.visitorId, { type: "cart_changed", currency: "EUR", lines }, at(1));
    expect(await getDb().webhookDelivery.count({ where: { endpointId: id } })).toBe(2_000);
  });

  it("[IN79] messages are deleted after 30 days; one whose endpoint was removed goes with it", async () => {
    const { conversation } = await freshShop();
    const { id } = await endpoint("/old");
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    await deleteOldDeliveries(new Date(Date.now() + 29 * 86_400_000));
    expect(await getDb().webhookDelivery.count({ where: { endpointId: id } })).toBe(1);
    await deleteOldDeliveries(new Date(Date.now() + 31 * 86_400_000));
    expect(await getDb().webhookDelivery.count({ where: { endpointId: id } })).toBe(0);
    await deleteEndpoint(shop.shopId, id);
    await shop.fact({
      type: "conversation_closed",
      data: { by: "agent" },
      conversationId: conversation.conversationId,
    });
    expect(await getDb().webhookDelivery.count({ where: { endpointId: id } })).toBe(0);
  });
});

it("[IN72] the waits grow from seconds to hours and make a day, with up to a fifth more at random", () => {
  const now = new Date(0);
  const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, i) => retryAt(i + 1, now, 0)?.getTime() ?? 0);
  expect(waits[0]).toBe(5_000);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(23);
  expect(hours).toBeLessThan(25);
  expect(retryAt(1, now, 1)?.getTime()).toBe(6_000);
  expect(retryAt(MAX_ATTEMPTS, now, 0)).toBeNull();
});
