import { describe, expect, it } from "vitest";
import { filmSchema } from "@/lib/protocol/film";
import { countUntil, latestOf, livelinessOf, markersOf, momentsOf } from "./film-markers";

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const said = (seq: number, at: number, body: object) => ({
  seq,
  clientId: `message-${seq}`,
  participantId: null,
  body,
  at,
});
const product = {
  ...{ productId: id(1), externalId: "p", title: "Boots", url: "", priceMinor: null, saleMinor: null },
  ...{ currency: "EUR", available: true, pictureId: null, variants: [] },
};

const film = filmSchema.parse({
  ...{ conversationId: id(9), startedAt: 0, endedAt: 90_000 },
  people: [],
  chat: [
    said(1, 1_000, { kind: "notice", code: "accepted", name: "Anna" }),
    said(2, 2_000, { kind: "text", text: "hello" }),
    said(3, 30_000, { kind: "recommendation", product, text: "" }),
    said(4, 40_000, { kind: "notice", code: "mirror_ended", name: "Anna", minutes: 2 }),
    said(5, 50_000, { kind: "notice", code: "joined", name: "Ben" }),
  ],
  chatCut: false,
  shown: [
    { at: 5_000, title: "Belt" },
    { at: 6_000, title: "Boots" },
  ],
  trail: [{ at: -3_000, title: "Belt", picture: null }],
  carts: [
    { at: 60_000, currency: "EUR", lines: [{ title: "Boots", quantity: 1 }], added: ["Boots"] },
    { at: 61_000, currency: "EUR", lines: [], added: [] },
  ],
  orders: [
    {
      at: 80_000,
      number: "A1",
      currency: "EUR",
      totalMinor: 1,
      confirmed: true,
      cancelled: false,
      lines: [],
    },
  ],
  ...{ assets: [], panel: { kind: "journal", updates: 0, bytes: 0 }, passages: [], mayKeep: false },
});

describe("moments of a film", () => {
  it("[RE9] first product, recommendations, growing carts, orders, who joined, receipts of mirrors", () => {
    expect(markersOf(film).map(({ kind, at, what }) => [at / 1_000, kind, what])).toEqual([
      [1, "agent_joined", "Anna"],
      [5, "first_product", "Belt"],
      [30, "recommendation", "Boots"],
      [40, "mirror", "Anna"],
      [50, "agent_joined", "Ben"],
      [60, "cart", "Boots"],
      [80, "order", "A1"],
    ]);
  });

  it("[RE14] every track counts as something that happens", () => {
    expect(momentsOf(film, [7_000]).toSorted((a, b) => a - b)).toEqual(
      [-3, 1, 2, 5, 6, 7, 30, 40, 50, 60, 61, 80, 90].map((second) => second * 1_000),
    );
  });

  it("[RE5] what has happened by then, the very moment included", () => {
    expect([4_999, 5_000, 6_000].map((at) => countUntil(film.shown, at))).toEqual([0, 1, 2]);
    expect(latestOf(film.carts, 59_999)).toBeNull();
    expect(latestOf(film.carts, 99_000)?.at).toBe(61_000);
  });

  it("[RE9] how lively each part is, none livelier than the liveliest", () => {
    expect(livelinessOf([0, 1, 2, 3, 99], 100, 4)).toEqual([1, 0, 0, 0.5]);
    expect(livelinessOf([100], 100, 2)).toEqual([0, 1]);
  });
});
