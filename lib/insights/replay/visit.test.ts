import { describe, expect, it } from "vitest";
import { cartSteps } from "./cart-steps";
import { visitOf } from "./visit-of";

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
