import { beforeEach, describe, expect, it } from "vitest";
import type { ToFrame, ToLoader } from "@/lib/protocol/bridge";
import { openCartDoor, readAnswer } from "./cart-door";
import { type Box, openBox } from "./storage";

type Ask = Extract<ToLoader, { type: "add-to-cart" }>;
type Handler = (line: unknown) => unknown;

let kept: Box;
let asked: unknown[];

beforeEach(() => {
  // A browser that refuses storage: memory does for one page.
  kept = openBox(() => {
    throw new Error("no storage");
  });
  asked = [];
});

/** A page with this handler; another page of the same shop has the same storage. */
function openPage(handler: Handler | null) {
  const waiting = new Map<string, (message: ToFrame) => void>();
  const ask = (line: unknown) => {
    asked.push(line);
    return handler === null ? [] : [handler(line)];
  };
  const put = openCartDoor(
    ask,
    (message) => {
      if (message.type === "cart-result") waiting.get(message.requestId)?.(message);
    },
    kept,
  );
  return (requestId: string, over: Partial<Ask> = {}): Promise<ToFrame> =>
    new Promise((resolve) => {
      waiting.set(requestId, resolve);
      const line = { id: "A-1", quantity: 2, unitMinor: 1_250 };
      put({ app: "vetrina", type: "add-to-cart", requestId, line, currency: "EUR", ...over });
    });
}

describe("the shop's answer", () => {
  it("[WI12] is yes unless it is a plain no, which may say why in the shop's own words", () => {
    const yes = { ok: true, reason: "" };
    for (const value of [true, undefined, null, 1, {}, { ok: true }, "no"]) {
      expect(readAnswer(value)).toEqual(yes);
    }
    expect(readAnswer(false)).toEqual({ ok: false, reason: "refused" });
    expect(readAnswer({ ok: false })).toEqual({ ok: false, reason: "refused" });
    expect(readAnswer({ ok: false, reason: 5 })).toEqual({ ok: false, reason: "refused" });
    expect(readAnswer({ ok: false, reason: "out_of_stock" })).toEqual({ ok: false, reason: "out_of_stock" });
    expect(readAnswer({ ok: false, reason: "x".repeat(1_000_000) }).reason).toHaveLength(200);
  });

  it("[WI12] says why: no handler, one that throws, one that promises a no", async () => {
    const result = (reason: string) => ({
      app: "vetrina",
      type: "cart-result",
      requestId: "r1",
      ok: false,
      reason,
    });
    expect(await openPage(null)("r1")).toEqual(result("no-handler"));
    const broken = openPage(() => {
      throw new Error("the shop's own trouble");
    });
    expect(await broken("r1")).toEqual(result("failed"));
    expect(await openPage(async () => Promise.reject(new Error("later")))("r1")).toEqual(result("failed"));
    const soldOut = openPage(async () => ({ ok: false, reason: "out_of_stock" }));
    expect(await soldOut("r1")).toEqual(result("out_of_stock"));
  });
});

describe("a line with a key", () => {
  it("[WI12] is put once, however often it is asked for, on this page and the next", async () => {
    const page = openPage(() => true);
    const both = await Promise.all([page("r1", { key: "line-1" }), page("r2", { key: "line-1" })]);
    expect(both.map((message) => message.type === "cart-result" && message.ok)).toEqual([true, true]);
    expect(await openPage(() => true)("r3", { key: "line-1" })).toMatchObject({
      requestId: "r3",
      ok: true,
      reason: "already",
    });
    expect(asked).toEqual([{ id: "A-1", quantity: 2, price: 12.5, currency: "EUR", key: "line-1" }]);
  });

  it("[WI12] that was refused is asked for again; another key, and none, are put as often as asked", async () => {
    let stock = 0;
    const page = openPage(() => stock > 0);
    expect(await page("r1", { key: "line-1" })).toMatchObject({ ok: false });
    stock = 1;
    expect(await page("r2", { key: "line-1" })).toMatchObject({ ok: true });
    await page("r3", { key: "line" });
    await page("r4");
    await page("r5");
    expect(asked).toHaveLength(5);
  });
});
