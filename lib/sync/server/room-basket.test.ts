import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Basket, type BasketLine, emptyBasket } from "@/lib/protocol/basket";
import { participantIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { RoomBasket } from "./room-basket";

const line: BasketLine = {
  lineId: "0198c5b2-0000-7000-8000-000000000001",
  productId: productIdSchema.parse("0198c5b2-0000-7000-8000-000000000002"),
  externalId: "A-1",
  title: "Linen dress",
  label: "M",
  url: "",
  pictureId: null,
  currency: "EUR",
  unitMinor: 8_900,
  beforeMinor: null,
  quantity: 1,
  version: 1,
  state: "putting",
  reason: "",
  attempt: "tab-1-attempt",
  seen: false,
  cartUrl: "",
  proposedBy: participantIdSchema.parse("0198c5b2-0000-7000-8000-000000000003"),
};
const basket = (changes: number, state: BasketLine["state"] = "putting"): Basket => ({
  changes,
  lines: [{ ...line, state }],
});

let stored: { basket: Basket; staleAt: number | null };
let told: Basket[];
let failed: unknown[];
beforeEach(() => {
  vi.useFakeTimers();
  stored = { basket: emptyBasket, staleAt: null };
  told = [];
  failed = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (load: () => Promise<typeof stored> = async () => stored) =>
  new RoomBasket({
    load,
    tell: (one) => told.push(one),
    onFailed: (error) => failed.push(error),
    now: Date.now,
  });

describe("a room's basket", () => {
  it("[CO63] is told when it reads otherwise, and not when it does not", async () => {
    const room = open();
    await room.ready();
    stored = { basket: basket(1), staleAt: null };
    await room.read();
    await room.read();
    stored = { basket: basket(2), staleAt: null };
    await room.read();
    expect(told).toEqual([basket(1)]);
    expect(room.current.changes).toBe(2);
  });

  it("[CO63] an older one that comes late is left out", async () => {
    const answers: ((value: typeof stored) => void)[] = [];
    const room = open(() => new Promise((resolve) => answers.push(resolve)));
    const both = Promise.all([room.read(), room.read()]);
    answers[1]?.({ basket: basket(2, "in_cart"), staleAt: null });
    answers[0]?.({ basket: basket(1), staleAt: null });
    await both;
    expect(told).toEqual([basket(2, "in_cart")]);
  });

  it("[CO63] is read again by itself when time changes it, and not after the room is closed", async () => {
    stored = { basket: basket(1), staleAt: Date.now() + 30_000 };
    const room = open();
    await room.ready();
    stored = { basket: basket(1, "unknown"), staleAt: null };
    await vi.advanceTimersByTimeAsync(30_000);
    expect(told.map(({ lines }) => lines[0]?.state)).toEqual(["putting", "unknown"]);
    stored = { basket: basket(2), staleAt: Date.now() + 30_000 };
    await room.read();
    room.close();
    stored = { basket: basket(2, "unknown"), staleAt: null };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(3);
  });

  it("[CO63] a database that is away is asked again by whoever comes next", async () => {
    let away = true;
    const room = open(async () => {
      if (away) throw new Error("away");
      return { basket: basket(1), staleAt: null };
    });
    await expect(room.ready()).rejects.toThrow("away");
    away = false;
    await room.ready();
    expect(room.current).toEqual(basket(1));
  });
});
