import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { deskPort } from "@/lib/protocol/desk-port";
import type { BrowserEvent } from "@/lib/protocol/events";
import type { VisitorId } from "@/lib/protocol/ids";
import { MAX_EVENTS_PER_BATCH } from "@/lib/protocol/limits";
import { openTestDatabase } from "@/tests/support/database";
import { ingestBatch } from "./ingest";
import { MAX_CLAIMED_PIECES } from "./internal/is-credible";
import { at, HOUR_MS, makeShop, NOON, type TestShop } from "./internal/test-shop";
import { recordEvent } from "./record";

function viewed(productId: string, more: Partial<BrowserEvent> = {}): BrowserEvent {
  const event = {
    id: randomUUID(),
    at: NOON.getTime(),
    type: "product_viewed" as const,
    url: "https://shop.test/p",
    title: "Dress",
  };
  return { ...event, productId, ...more } as BrowserEvent;
}

describe.each(["postgres", "pglite"] as const)("ingest on %s", (kind) => {
  let database: { close(): Promise<void> };
  let shop: TestShop;
  let visitorId: VisitorId;
  const moved: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    deskPort.provide({ conversationChanged() {}, visitorMoved: (_, visitor) => moved.push(visitor) });
    shop = await makeShop();
    visitorId = await shop.visitor();
  });
  afterAll(() => database.close());

  const send = (events: readonly BrowserEvent[], from: VisitorId = visitorId) =>
    ingestBatch({ shopId: shop.shopId, visitorId: from, events, receivedAt: NOON });
  const stored = (where: object) => getDb().event.findMany({ where: { shopId: shop.shopId, ...where } });

  it("[IN1] a server fact is stored as the server's", async () => {
    const conversation = await shop.conversation(visitorId, await shop.agent("Ines"));
    const productId = await shop.product("fact-1");
    await recordEvent({
      type: "item_shown",
      shopId: shop.shopId,
      conversationId: conversation.conversationId,
      productId,
      itemId: "item-0001",
    });
    expect(await stored({ type: "item_shown" })).toMatchObject([
      { source: "server", productId, itemId: "item-0001" },
    ]);
  });

  it("[IN2] a browser event is stored as a claim", async () => {
    await send([viewed("claimed-1")]);
    expect(await stored({ externalId: "claimed-1" })).toMatchObject([{ source: "browser", visitorId }]);
  });

  it("[IN3] the same batch twice stores each event once", async () => {
    const batch = [viewed("twice"), viewed("twice")];
    expect(await send(batch)).toEqual({ stored: 2, orders: 0 });
    expect(await send(batch)).toEqual({ stored: 0, orders: 0 });
    expect(await stored({ externalId: "twice" })).toHaveLength(2);
  });

  it("[IN4] a hostile page that guesses another visitor's event id blocks nothing", async () => {
    const event = viewed("guessed");
    await send([{ ...event, title: "hostile" } as BrowserEvent], await shop.visitor());
    expect(await send([event])).toMatchObject({ stored: 1 });
    expect(await stored({ externalId: "guessed", visitorId })).toMatchObject([{ data: { title: "Dress" } }]);
  });

  it("[IN14] of somebody who agreed to nothing more only that a page or product was looked at is kept", async () => {
    const productId = await shop.product("anonymous-1");
    const order = {
      id: randomUUID(),
      at: NOON.getTime(),
      type: "order_placed" as const,
      orderId: "anonymous-order",
    };
    const batch: BrowserEvent[] = [
      viewed("anonymous-1"),
      viewed("anonymous-unknown"),
      {
        id: randomUUID(),
        at: NOON.getTime(),
        type: "page_viewed",
        url: "https://shop.test/orders/77",
        title: "Mara",
      },
      {
        ...order,
        currency: "EUR",
        totalMinor: 100,
        lines: [{ id: "anonymous-1", quantity: 1, unitMinor: 100 }],
      },
    ];
    const ingest = () =>
      ingestBatch({ shopId: shop.shopId, visitorId: null, events: batch, receivedAt: NOON });
    expect(await ingest()).toEqual({ stored: 2, orders: 0 });
    expect(await ingest()).toEqual({ stored: 0, orders: 0 });
    const rows = await stored({ visitorId: null, source: "browser" });
    expect(
      rows.map(({ type, productId, externalId, data }) => ({ type, productId, externalId, data })),
    ).toEqual(
      expect.arrayContaining([
        { type: "product_viewed", productId, externalId: null, data: {} },
        { type: "page_viewed", productId: null, externalId: null, data: {} },
      ]),
    );
    expect(rows).toHaveLength(2);
    expect(await getDb().order.count({ where: { externalId: "anonymous-order" } })).toBe(0);
  });

  it("[IN15] what a page tells of a visit is kept as its word, cleaned", async () => {
    const told = { id: randomUUID(), at: NOON.getTime(), type: "context_told" as const };
    await send([{ ...told, values: [{ name: "Loyalty\0", value: "gold\u0007" }] }]);
    expect(await stored({ type: "context_told" })).toMatchObject([
      { source: "browser", data: { values: [{ name: "Loyalty", value: "gold" }] } },
    ]);
  });

  it("[IN5] a batch above the limit is refused", async () => {
    const many = Array.from({ length: MAX_EVENTS_PER_BATCH + 1 }, () => viewed("many"));
    await expect(send(many)).rejects.toMatchObject({ code: "too_large" });
    expect(await stored({ externalId: "many" })).toHaveLength(0);
  });

  it("[IN6] events of a clock two years ahead happened on receipt, in order", async () => {
    const ahead = NOON.getTime() + 2 * 365 * 24 * HOUR_MS;
    await send([viewed("ahead-1", { at: ahead - 5_000 }), viewed("ahead-2", { at: ahead })]);
    const times = (await stored({ externalId: { startsWith: "ahead" } })).map(
      (e) => NOON.getTime() - e.occurredAt.getTime(),
    );
    expect(times.sort((a, b) => a - b)).toEqual([0, 5_000]);
  });

  it("[IN8] a variant's id and a product's id name the product; another shop's id names nothing", async () => {
    const productId = await shop.product("group-1", ["sku-1"]);
    const stranger = await makeShop();
    await stranger.product("foreign-1", ["foreign-sku"]);
    await send([viewed("sku-1"), viewed("group-1"), viewed("foreign-sku")]);
    const variant = await getDb().variant.findFirstOrThrow({ where: { externalId: "sku-1" } });
    expect(await stored({ externalId: "sku-1" })).toMatchObject([{ productId, variantId: variant.id }]);
    expect(await stored({ externalId: "group-1" })).toMatchObject([{ productId, variantId: null }]);
    expect(await stored({ externalId: "foreign-sku" })).toMatchObject([{ productId: null, variantId: null }]);
  });

  it("[IN9] a bot leaves no trace", async () => {
    const userAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    const batch = { shopId: shop.shopId, visitorId, receivedAt: NOON, events: [viewed("bot")] };
    expect(await ingestBatch({ ...batch, userAgent })).toEqual({ stored: 0, orders: 0 });
    const phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";
    expect(await ingestBatch({ ...batch, userAgent: phone })).toMatchObject({ stored: 1 });
    const headless =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36";
    const another = { ...batch, events: [viewed("headless")] };
    expect(await ingestBatch({ ...another, userAgent: headless })).toMatchObject({ stored: 1 });
  });

  it("[IN10] hostile text and addresses do not cost the rest of the batch", async () => {
    const hostile = {
      title: "a\u0000b\ud800\u001b[31m",
      url: "javascript:alert(1)",
      image: "https://me:secret@shop.test/i.jpg#x",
    };
    expect(
      await send([viewed("bad\u0000id", hostile as Partial<BrowserEvent>), viewed("good")]),
    ).toMatchObject({ stored: 2 });
    expect(await stored({ externalId: "badid" })).toMatchObject([
      { data: { title: "ab\ufffd[31m", url: "", image: "https://shop.test/i.jpg" } },
    ]);
  });

  it("[IN17] what is claimed in a currency that does not exist is dropped, the rest is stored", async () => {
    const made = { at: NOON.getTime(), currency: "QQQ", lines: [] };
    const claims: BrowserEvent[] = [
      { ...made, id: randomUUID(), type: "cart_changed" },
      { ...made, id: randomUUID(), type: "order_placed", orderId: "Q-1", totalMinor: 100 },
    ];
    expect(await send([...claims, viewed("beside it")])).toEqual({ stored: 1, orders: 0 });
    expect(await getDb().order.count({ where: { externalId: "Q-1" } })).toBe(0);
  });

  it("[IN11] an order is written once, and another visitor cannot change it", async () => {
    await shop.product("ordered", ["ordered-s"]);
    expect(await shop.order(visitorId, "R-1", at(0), [{ id: "ordered-s", quantity: 2 }])).toMatchObject({
      orders: 1,
    });
    expect(await shop.order(visitorId, "R-1", at(1), [{ id: "ordered-s", quantity: 9 }])).toMatchObject({
      orders: 0,
    });
    expect(await shop.order(await shop.visitor(), "R-1", at(2), [{ id: "x", unitMinor: 1 }])).toMatchObject({
      orders: 0,
    });
    const orders = await getDb().order.findMany({
      where: { shopId: shop.shopId, externalId: "R-1" },
      include: { lines: true },
    });
    expect(orders).toMatchObject([
      { source: "browser", visitorId, totalMinor: 2_000n, lines: [{ quantity: 2 }] },
    ]);
  });

  it("[IN12] lines of the same id stay apart, unknown products are kept, and a total beyond the column is bounded", async () => {
    const lines = [{ id: "nowhere" }, { id: "nowhere" }].map((line) => ({
      ...line,
      quantity: 1,
      unitMinor: 1_000_000_000,
    }));
    await shop.claim(
      visitorId,
      { type: "order_placed", orderId: "R-2", currency: "EUR", totalMinor: 9e15, lines },
      at(0),
    );
    const order = await getDb().order.findFirstOrThrow({
      where: { externalId: "R-2" },
      include: { lines: true },
    });
    expect(order.totalMinor).toBe(2_147_483_647n);
    expect(order.lines.map((line) => [line.externalId, line.productId])).toEqual([
      ["nowhere", null],
      ["nowhere", null],
    ]);
  });

  it("[IN16] a cart or an order of more pieces than anybody buys is left out, and the rest is taken", async () => {
    const base = { at: NOON.getTime(), currency: "EUR" };
    const lines = (pieces: number) => [
      { id: "many", quantity: MAX_CLAIMED_PIECES - 1, unitMinor: 1 },
      { id: "more", quantity: pieces, unitMinor: 1 },
    ];
    const claims = [1, 2].flatMap((pieces): BrowserEvent[] => [
      { ...base, id: randomUUID(), type: "cart_changed", lines: lines(pieces) },
      {
        ...{ ...base, id: randomUUID(), type: "order_placed", lines: lines(pieces) },
        ...{ orderId: `pieces ${pieces}`, totalMinor: 1 },
      },
    ]);
    const visitor = await shop.visitor();
    expect(await send([...claims, viewed("beside")], visitor)).toEqual({ stored: 3, orders: 1 });
    expect(await getDb().order.findMany({ where: { visitorId: visitor } })).toMatchObject([
      { externalId: "pieces 1" },
    ]);
  });

  it("[IN13] the desk is told once a batch, and not of a repeated one", async () => {
    moved.length = 0;
    const batch = [viewed("told"), viewed("told")];
    await send(batch);
    await send(batch);
    expect(moved).toEqual([visitorId]);
  });

  it("keeps every event of batches that arrive at the same time", async () => {
    const batches = Array.from({ length: 8 }, () => [viewed("crowd"), viewed("crowd")]);
    await Promise.all([...batches, ...batches].map((batch) => send(batch)));
    expect(await stored({ externalId: "crowd" })).toHaveLength(16);
  });
});
