import { describe, expect, it } from "vitest";
import { toLoaderSchema } from "@/lib/protocol/bridge";
import { browserEventSchema } from "@/lib/protocol/events";
import { eventId } from "./event-id";
import { readCart, readContext, readOrder, readProduct, toMinor } from "./read-call";
import { readFrameMessage } from "./read-frame-message";
import { writeJson } from "./write-json";

describe("calls", () => {
  it("[WI2] amounts become minor units of their currency", () => {
    expect(toMinor(12.9, "EUR")).toBe(1290);
    expect(toMinor("19.99", "USD")).toBe(1999);
    expect(toMinor(1200, "JPY")).toBe(1200);
    expect(toMinor(1.234, "KWD")).toBe(1234);
    expect(toMinor("", "EUR")).toBeNaN();
    expect(toMinor(-1, "EUR")).toBeNaN();
  });

  it("[WI2] a cart keeps its good lines and drops the others", () => {
    const cart = readCart({
      currency: "eur",
      lines: [
        { id: 7, price: 1 },
        { id: "", price: 1 },
        { id: "A", price: "x" },
        null,
        { id: "B", quantity: 0, price: 1 },
      ],
    });
    expect(cart).toEqual({ currency: "EUR", lines: [{ id: "7", quantity: 1, unitMinor: 100 }] });
    expect(readCart({ currency: "EURO", lines: [] })).toBeNull();
    expect(readCart("cart")).toBeNull();
  });

  it("[WI2] an order passes the server's own schema", () => {
    const order = readOrder({
      id: "O-1",
      currency: "EUR",
      total: 20,
      lines: [{ id: "A", quantity: 2, price: 10 }],
    });
    expect(order).toEqual({
      orderId: "O-1",
      currency: "EUR",
      totalMinor: 2000,
      lines: [{ id: "A", quantity: 2, unitMinor: 1000 }],
    });
    const event = { id: eventId(), at: Date.now(), type: "order_placed", ...order };
    expect(browserEventSchema.safeParse(event).success).toBe(true);
    expect(readOrder({ currency: "EUR", total: 1, lines: [] })).toBeNull();
  });

  it("[WI2] a product needs an id", () => {
    expect(readProduct({ title: "x" })).toBeNull();
    expect(readProduct({ id: "A" })).toEqual({ id: "A", title: "", image: "" });
  });
});

describe("messages and text", () => {
  it("[WI9] reads exactly the messages of the bridge", () => {
    const line = { id: "A", quantity: 1, unitMinor: 100 };
    const messages = [
      { app: "vetrina", type: "ready" },
      { app: "vetrina", type: "layout", panel: true },
      { app: "vetrina", type: "close" },
      { app: "vetrina", type: "unread", count: 2 },
      { app: "vetrina", type: "renew-visitor", refused: "token" },
      { app: "vetrina", type: "add-to-cart", requestId: "r", line, currency: "EUR" },
      { app: "vetrina", type: "navigate", url: "https://shop.example/p" },
    ];
    for (const message of messages) {
      expect(toLoaderSchema.safeParse(message).success).toBe(true);
      expect(readFrameMessage(message)).toEqual(message);
    }
    for (const bad of [
      null,
      "close",
      { type: "close" },
      { app: "vetrina", type: "eval" },
      { app: "vetrina", type: "layout" },
    ])
      expect(readFrameMessage(bad)).toBeNull();
    expect(readFrameMessage({ app: "vetrina", type: "navigate", url: "javascript:alert(1)" })).toBeNull();
  });

  it("[WI19] a visit's context is texts, numbers and yes or no, twenty at most, cut to what is taken", () => {
    const told = readContext({
      Loyalty: "gold",
      visits: 12,
      newsletter: false,
      nested: {},
      list: [1],
      "": "x",
    });
    expect(told).toEqual([
      { name: "Loyalty", value: "gold" },
      { name: "visits", value: "12" },
      { name: "newsletter", value: "false" },
    ]);
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`${i}`.padEnd(90, "k"), "v".repeat(900)]),
    );
    const values = readContext(many) ?? [];
    expect(values).toHaveLength(20);
    const event = { id: eventId(), at: 0, type: "context_told", values };
    expect(browserEventSchema.safeParse(event).success).toBe(true);
    for (const nonsense of [null, "text", 5, undefined]) expect(readContext(nonsense)).toBeNull();
  });

  it("[WI7] writes JSON as JSON.stringify would, without asking prototypes", () => {
    const value = { a: [1, "zwei", null, true, { b: '\u2028"' }], c: undefined, d: Number.NaN };
    expect(writeJson(value)).toBe(JSON.stringify(value));
  });
});
