import { createHmac, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/hooks/orders/[hookId]/route";
import { signOrderToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { deskPort } from "@/lib/protocol/desk-port";
import type { ErrorCode } from "@/lib/protocol/errors";
import { openTestDatabase } from "@/tests/support/database";
import { makeShop, type TestShop } from "../internal/test-shop";
import type { HookKind } from "./check-signature";
import { deleteOldInboundDeliveries } from "./delete-old-deliveries";
import { createInboundHook, deleteInboundHook, listInboundHooks } from "./inbound-hooks";
import { MAX_DELIVERY_BYTES } from "./take-delivery";

const SHOPIFY_SECRET = "shpss_0123456789abcdef";
const shopifyOrder = {
  id: 5_001,
  name: "#1001",
  created_at: "2026-05-10T14:00:00+02:00",
  updated_at: "2026-05-10T14:00:05+02:00",
  cancelled_at: null,
  currency: "EUR",
  total_price: "109.90",
  taxes_included: false,
  customer: { id: 77 },
  note_attributes: [{ name: "gift", value: "yes" }],
  line_items: [
    {
      id: 11,
      variant_id: 901,
      product_id: 90,
      sku: "BAG-R",
      title: "Bag",
      variant_title: "Red",
      quantity: 3,
      price: "33.33",
      discount_allocations: [{ amount: "9.99" }],
      tax_lines: [{ price: "9.90" }],
    },
  ],
  refunds: [],
};
const wooOrder = {
  id: 727,
  number: "727",
  status: "processing",
  currency: "EUR",
  date_created_gmt: "2026-05-10T12:00:00",
  date_modified_gmt: "2026-05-10T12:00:02",
  total: "29.35",
  customer_id: 26,
  meta_data: [{ id: 1, key: "_other", value: { nested: true } }],
  line_items: [
    {
      id: 315,
      name: "Woo Single #1",
      product_id: 93,
      variation_id: 0,
      sku: "",
      quantity: 2,
      total: "6.00",
      total_tax: "0.45",
    },
    {
      id: 316,
      name: "Cloth by the metre",
      product_id: 22,
      variation_id: 23,
      sku: "Bar3",
      quantity: 1.5,
      total: "12.00",
      total_tax: "0.90",
    },
  ],
  refunds: [],
};

describe("order webhooks", () => {
  let database: { close(): Promise<void> };
  let shop: TestShop;

  beforeAll(async () => {
    database = await openTestDatabase("postgres");
    deskPort.provide({ conversationChanged() {}, visitorMoved() {} });
    shop = await makeShop();
  });
  afterAll(() => database.close());

  async function send(hookId: string, body: BodyInit, headers: Record<string, string>) {
    const request = new Request(`http://127.0.0.1/api/v1/hooks/orders/${hookId}`, {
      method: "POST",
      headers,
      body,
    });
    const response = await POST(request, { params: Promise.resolve({ hookId }) });
    return { status: response.status, body: await response.json() };
  }
  const hmac = (secret: string, body: string) => createHmac("sha256", secret).update(body).digest("base64");
  function headersOf(kind: HookKind, secret: string, body: string, sentAt = new Date()) {
    if (kind === "shopify") return { "x-shopify-hmac-sha256": hmac(secret, body) };
    if (kind === "woocommerce") return { "x-wc-webhook-signature": hmac(secret, body) };
    const id = randomUUID();
    return {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, sentAt, body),
    };
  }
  const hookOf = (kind: HookKind, of = shop) => createInboundHook(of.shopId, kind, SHOPIFY_SECRET);
  async function deliver(hook: Awaited<ReturnType<typeof hookOf>>, kind: HookKind, said: unknown) {
    const body = JSON.stringify(said);
    return send(hook.id, body, headersOf(kind, hook.secret, body));
  }
  const order = (externalId: string) =>
    getDb().order.findFirst({
      where: { shopId: shop.shopId, externalId },
      include: { lines: { orderBy: { id: "asc" } } },
    });
  const ownBody = (id: string) => ({
    orders: [
      {
        id,
        currency: "EUR",
        totalMinor: 100,
        placedAt: "2026-05-10T12:00:00Z",
        lines: [{ id: "x", quantity: 1, unitMinor: 100 }],
      },
    ],
  });
  async function expectRefusal(
    hookId: string,
    answer: { readonly status: number; readonly body: { readonly error: { readonly code: string } } },
    code: ErrorCode,
    words: RegExp,
  ) {
    expect(answer.body.error.code).toBe(code);
    const hook = (await listInboundHooks(shop.shopId)).find(({ id }) => id === hookId);
    expect(hook?.lastError).toMatch(words);
    expect(hook?.lastSeenAt).toBeNull();
    expect(await getDb().inboundDelivery.count({ where: { hookId } })).toBe(0);
  }

  it.each(["own", "woocommerce", "shopify"] as const)(
    "[IN50] %s: without a signature, with another's secret, or with a changed body nothing is stored",
    async (kind) => {
      const hook = await hookOf(kind);
      const foreign = await hookOf(kind === "shopify" ? "woocommerce" : kind, await makeShop());
      const body = JSON.stringify(ownBody(`forged-${kind}`));
      await expectRefusal(hook.id, await send(hook.id, body, {}), "unauthorized", /missing|needed/);
      const asForeign = headersOf(kind, foreign.secret, body);
      await expectRefusal(hook.id, await send(hook.id, body, asForeign), "unauthorized", /does not fit/);
      const right = headersOf(kind, hook.secret, body);
      const changed = body.replace("100", "999");
      await expectRefusal(hook.id, await send(hook.id, changed, right), "unauthorized", /does not fit/);
      expect(await order(`forged-${kind}`)).toBeNull();
    },
  );

  it("[IN50] our own shape: older, or further ahead, than five minutes is refused", async () => {
    const hook = await hookOf("own");
    const body = JSON.stringify(ownBody("late"));
    for (const minutes of [-6, 6]) {
      const headers = headersOf("own", hook.secret, body, new Date(Date.now() + minutes * 60_000));
      await expectRefusal(hook.id, await send(hook.id, body, headers), "unauthorized", /five minutes/);
    }
    expect(await order("late")).toBeNull();
  });

  it("[IN50] an address that nobody has is not found, whatever it looks like", async () => {
    for (const id of [randomUUID(), "x", "'; drop table", `${"a".repeat(5_000)}`]) {
      expect((await send(id, "{}", {})).status).toBe(404);
    }
  });

  it("[IN51] the same delivery again is answered with 200 and changes nothing", async () => {
    const hook = await hookOf("own");
    const body = JSON.stringify(ownBody("once"));
    const headers = headersOf("own", hook.secret, body);
    expect((await send(hook.id, body, headers)).body).toMatchObject({ result: "taken" });
    const { updatedAt } = (await order("once")) ?? {};
    expect(await send(hook.id, body, headers)).toEqual({ status: 200, body: { result: "repeated" } });
    expect((await order("once"))?.updatedAt).toEqual(updatedAt);
    const woo = await hookOf("woocommerce");
    await deliver(woo, "woocommerce", { ...wooOrder, id: 728 });
    expect((await deliver(woo, "woocommerce", { ...wooOrder, id: 728 })).body).toEqual({
      result: "repeated",
    });
    expect(await listInboundHooks(shop.shopId)).toContainEqual(
      expect.objectContaining({ id: woo.id, repeats: 1, lastError: null }),
    );
  });

  it("[IN51] what was refused is taken when it comes again put right", async () => {
    const hook = await hookOf("own");
    expect((await deliver(hook, "own", { orders: [{ id: "fixed" }] })).status).toBe(400);
    expect((await deliver(hook, "own", ownBody("fixed"))).status).toBe(200);
    expect(await listInboundHooks(shop.shopId)).toContainEqual(
      expect.objectContaining({ id: hook.id, lastError: null }),
    );
  });

  it("[IN52] a body above the limit is refused unread, and what is no order is named", async () => {
    const hook = await hookOf("own");
    const huge = "x".repeat(MAX_DELIVERY_BYTES + 1);
    await expectRefusal(
      hook.id,
      await send(hook.id, huge, headersOf("own", hook.secret, "x")),
      "too_large",
      /bytes/,
    );
    const broken = "{ not json";
    await expectRefusal(
      hook.id,
      await send(hook.id, broken, headersOf("own", hook.secret, broken)),
      "bad_request",
      /not JSON/,
    );
    const wrong = { orders: [{ ...ownBody("wrong").orders[0], currency: "EURO" }] };
    await expectRefusal(hook.id, await deliver(hook, "own", wrong), "bad_request", /orders\.0\.currency/);
    const shopify = await hookOf("shopify");
    const { total_price: _, ...incomplete } = shopifyOrder;
    await expectRefusal(
      shopify.id,
      await deliver(shopify, "shopify", incomplete),
      "bad_request",
      /total_price/,
    );
    const absurd = { ...shopifyOrder, total_price: "NaN" };
    await expectRefusal(shopify.id, await deliver(shopify, "shopify", absurd), "bad_request", /no amount/);
    expect(await order("wrong")).toBeNull();
  });

  it("[IN53] WooCommerce: an order with its tax, drafts left out, refunds by amount, the bin cancels", async () => {
    await shop.product("22", ["23"]);
    const hook = await hookOf("woocommerce");
    const visitorId = await shop.visitor();
    const value = await signOrderToken({ visitorId, shopId: shop.shopId });
    const meta_data = [{ key: "vetrina_visitor", value }];
    expect((await deliver(hook, "woocommerce", { ...wooOrder, status: "pending" })).body).toMatchObject({
      orders: [{ id: "727", result: "ignored" }],
    });
    expect(await order("727")).toBeNull();
    await deliver(hook, "woocommerce", { ...wooOrder, meta_data });
    expect(await order("727")).toMatchObject({
      source: "webhook",
      totalMinor: 2_935n,
      placedAt: new Date("2026-05-10T12:00:00Z"),
      customerExternalId: "26",
      visitorId,
      visitorBy: "token",
      lines: [
        { externalId: "93", lineExternalId: "315", quantity: 2, totalMinor: 645n, productId: null },
        { externalId: "23", quantity: 1, totalMinor: 1_290n, sku: "Bar3", title: "Cloth by the metre" },
      ],
    });
    const refunded = {
      ...wooOrder,
      date_modified_gmt: "2026-05-10T13:00:00",
      refunds: [{ id: 9, reason: "", total: "-2.94" }],
    };
    await deliver(hook, "woocommerce", refunded);
    // 2.94 of 29.35, of each line.
    expect((await order("727"))?.lines.map((line) => line.refundedMinor)).toEqual([65n, 129n]);
    await deliver(hook, "woocommerce", { id: 727 });
    expect(await order("727")).toMatchObject({ status: "cancelled" });
  });

  it("[IN53] [IN42] WooCommerce: a cancelled order that is taken up again counts again", async () => {
    const hook = await hookOf("woocommerce");
    const at = (minute: string, status: string) => ({
      ...wooOrder,
      id: 730,
      status,
      date_modified_gmt: `2026-05-10T12:${minute}:00`,
    });
    await deliver(hook, "woocommerce", at("01", "processing"));
    await deliver(hook, "woocommerce", at("05", "processing"));
    await deliver(hook, "woocommerce", at("03", "cancelled"));
    expect(await order("730")).toMatchObject({ status: "placed" });
    await deliver(hook, "woocommerce", at("07", "cancelled"));
    expect(await order("730")).toMatchObject({ status: "cancelled" });
  });

  it("[IN54] Shopify: discounts and tax of a line, the variant the catalogue knows, refunds by line, cancellation", async () => {
    const hook = await hookOf("shopify");
    const productId = await shop.product("bag", ["gid://shopify/ProductVariant/901"]);
    const refund = {
      id: 31,
      order_id: 5_001,
      created_at: "2026-05-11T10:00:00Z",
      refund_line_items: [{ line_item_id: 11, quantity: 1, subtotal: 30.0 }],
      transactions: [{ amount: "33.30", kind: "refund", status: "success", currency: "EUR" }],
    };
    // Out of order: the refund's own webhook is the first to come.
    expect((await deliver(hook, "shopify", refund)).body).toMatchObject({ changes: [{ result: "kept" }] });
    await deliver(hook, "shopify", shopifyOrder);
    expect(await order("5001")).toMatchObject({
      totalMinor: 10_990n,
      customerExternalId: "77",
      lines: [
        {
          externalId: "gid://shopify/ProductVariant/901",
          productId,
          title: "Bag, Red",
          // 3 x 33.33 - 9.99 + 9.90
          totalMinor: 9_990n,
          refundedQuantity: 1,
          refundedMinor: 3_330n,
        },
      ],
    });
    // The updated order names the same refund: it counts once.
    const updated = { ...shopifyOrder, updated_at: "2026-05-11T12:00:00+02:00", refunds: [refund] };
    expect((await deliver(hook, "shopify", updated)).body).toMatchObject({ changes: [{ result: "known" }] });
    expect((await order("5001"))?.lines).toMatchObject([{ refundedQuantity: 1, refundedMinor: 3_330n }]);
    const cancelled = {
      ...shopifyOrder,
      updated_at: "2026-05-12T12:00:00Z",
      cancelled_at: "2026-05-12T12:00:00Z",
    };
    await deliver(hook, "shopify", cancelled);
    expect(await order("5001")).toMatchObject({ status: "cancelled" });
  });

  it("[IN55] WooCommerce's question whether anybody is there is answered, and stores nothing", async () => {
    const hook = await hookOf("woocommerce");
    expect(await send(hook.id, "webhook_id=12", {})).toEqual({ status: 200, body: { result: "pong" } });
    expect(await listInboundHooks(shop.shopId)).toContainEqual(
      expect.objectContaining({ id: hook.id, lastSeenAt: null, lastError: null }),
    );
    await expectRefusal(hook.id, await send(hook.id, "webhook_id=12&x=1", {}), "unauthorized", /missing/);
  });

  it("[IN56] the secret is stored sealed, and a hook that was removed takes nothing any more", async () => {
    const hook = await hookOf("own");
    const row = await getDb().inboundHook.findUniqueOrThrow({ where: { id: hook.id } });
    expect(row.sealedSecret).not.toContain(hook.secret);
    expect(JSON.stringify(await listInboundHooks(shop.shopId))).not.toContain(row.sealedSecret);
    await expect(createInboundHook(shop.shopId, "shopify", " ")).rejects.toMatchObject({
      code: "bad_request",
    });
    await deleteInboundHook(shop.shopId, hook.id);
    expect((await deliver(hook, "own", ownBody("removed"))).status).toBe(404);
  });

  it("[IN51] a delivery is known again for 30 days", async () => {
    const hook = await hookOf("own");
    await deliver(hook, "own", ownBody("old"));
    const days = (n: number) => new Date(Date.now() + n * 86_400_000);
    await deleteOldInboundDeliveries(days(29));
    expect(await getDb().inboundDelivery.count({ where: { hookId: hook.id } })).toBe(1);
    await deleteOldInboundDeliveries(days(31));
    expect(await getDb().inboundDelivery.count({ where: { hookId: hook.id } })).toBe(0);
  });
});
