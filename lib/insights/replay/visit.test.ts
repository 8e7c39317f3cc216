import { describe, expect, it } from "vitest";
import { cartSteps } from "./cart-steps";
import { visitOf } from "./visit-of";
import { withoutTwins } from "./without-twins";

const MINUTE_MS = 60_000;
const facts = (...minutes: number[]) => minutes.map((minute) => ({ at: minute * MINUTE_MS }));
const minutes = (found: readonly { readonly at: number }[]) => found.map(({ at }) => at / MINUTE_MS);

describe("a visit around a conversation", () => {
  it("[RE7] is joined to it by absences of half an hour at most", () => {
    const all = facts(-200, -70, -40, -10, 5, 50, 75, 106);
    const during = { startedAt: 0, endedAt: 20 * MINUTE_MS };
    expect(minutes(visitOf(all, during))).toEqual([-70, -40, -10, 5, 50, 75]);
  });

  it("[RE7] goes on while the conversation does", () => {
    expect(minutes(visitOf(facts(-31, 500), { startedAt: 0, endedAt: null }))).toEqual([500]);
  });
});

it("[RE7] a page of which a product says more is told once, at the same browser and address alone", () => {
  const look = (type: string, at: number, url: string, visitorId = "a") => ({ type, at, url, visitorId });
  const looks = [
    look("page_viewed", 0, "/hat"),
    look("product_viewed", 600, "/hat"),
    look("page_viewed", 700, "/hat", "b"),
    look("page_viewed", 9_000, "/sizes"),
    look("page_viewed", 90_000, "/hat"),
  ];
  expect(withoutTwins(looks)).toEqual(looks.slice(1));
});

describe("a cart that grows", () => {
  const cart = (visitorId: string, ...lines: [string, number][]) => ({
    visitorId,
    lines: lines.map(([key, quantity]) => ({ key, title: key.toUpperCase(), quantity })),
  });

  it("[RE8] by what the same browser's cart had less of", () => {
    const steps = cartSteps([
      cart("a", ["boots", 1]),
      cart("a", ["boots", 1]),
      cart("b", ["boots", 1]),
      cart("a", ["boots", 1], ["belt", 1], ["boots", 1]),
      cart("a", ["belt", 1]),
    ]);
    expect(steps.map(({ added }) => added)).toEqual([["BOOTS"], [], ["BOOTS"], ["BOOTS", "BELT"], []]);
  });
});
