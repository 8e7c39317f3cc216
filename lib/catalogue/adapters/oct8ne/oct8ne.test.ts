import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSlot } from "@/lib/protocol/config-slot";
import { allowOutside } from "@/tests/support/outside";
import { oct8neKeys, startOct8ne } from "@/tests/support/shops/oct8ne";
import { adapterTo } from "@/tests/support/shops/platforms";
import { ANNA, DRESS } from "@/tests/support/shops/stock";
import { signRequest } from "./sign-request";
import { readJsonOrCall } from "./strip-callback";

describe("JSON in a function's call", () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['cb({"a":1})', { a: 1 }],
    [" jQuery_1.callbacks.go ( [1,2] ) ; ", [1, 2]],
    ['/**/cb({"a":"}) ; ("})', { a: "}) ; (" }],
    ['\ufeff{"a":1}', { a: 1 }],
    ["cb(null)", null],
  ])("[CA111] %j is read", (text, value) => {
    expect(readJsonOrCall(text, "search")).toEqual(value);
  });

  it.each([
    "cb({a:1})",
    "cb({}, {})",
    "cb({});alert(1)",
    "cb({})(1)",
    'alert(1);cb({"a":1})',
    "cb(1);cb(2)",
    "new Function('x')",
    "cb(",
    "cb)",
    "cb()",
    "",
    "a.b.c.d.e.f.g.h(1)",
    `${"a".repeat(400)}(1)`,
    "cb(this.constructor)",
  ])("[CA111] %j is refused", (text) => {
    expect(() => readJsonOrCall(text, "search")).toThrow(expect.objectContaining({ problem: "shape" }));
  });
});

it("[CA112] a signature covers the second, the method, the path and the question", () => {
  const now = new Date("2026-11-22T14:00:00.900Z");
  const url = new URL("https://shop.example/oct8ne/frame/search?search=a%20b&page=1");
  const mac = createHmac("sha256", "secret").update(
    "1795356000.GET./oct8ne/frame/search?search=a%20b&page=1",
  );
  expect(signRequest("secret", { method: "GET", url }, now)).toBe(`t=1795356000,v1=${mac.digest("hex")}`);
});

describe("an adapter that answers as if a browser had asked", () => {
  let outside: ReturnType<typeof allowOutside>;
  beforeAll(() => {
    configSlot.provide({
      publicUrl: "http://127.0.0.1",
      dataDir: "/",
      secret: "x".repeat(32),
      version: "0",
      embedded: false,
    });
    outside = allowOutside();
  });
  afterAll(() => outside.close());

  it("[CA111, CA112] is understood, and gets token, signature, language and currency with every call", async () => {
    const shop = await startOct8ne((json) => `/**/oct8ne.cb(${json});`);
    const adapter = adapterTo("oct8ne", shop);
    expect((await adapter.search({ words: "linen", page: 1, pageSize: 5 })).value.products.length).toBe(2);
    expect((await adapter.product(String(DRESS.id))).value?.variants).toMatchObject([
      { priceMinor: 8_990, quantity: null },
    ]);
    expect((await adapter.customer?.(ANNA))?.value?.externalId).toBe("7");
    expect(await adapter.cartAddress?.({ variantId: "101", quantity: 1 })).toBe(
      "https://shop.example/cart/add/101",
    );
    for (const { url, headers } of shop.asked) {
      expect(url.searchParams.get("apiToken")).toBe(oct8neKeys.apiToken);
      expect([url.searchParams.get("locale"), url.searchParams.get("currency")]).toEqual(["en", "EUR"]);
      expect(headers["x-vetrina-signature"]).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    }
    await shop.close();
  });

  it("[CA105] that tells of somebody else's session tells of nobody", async () => {
    const shop = await startOct8ne();
    shop.fault = () => ({
      body: { id: 99, firstName: "Eve", lastName: "", email: "eve@example.test", wishlist: [], cart: [] },
    });
    expect((await adapterTo("oct8ne", shop).customer?.(ANNA))?.value).toBeNull();
    await shop.close();
  });
});
