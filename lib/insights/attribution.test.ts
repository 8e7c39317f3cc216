import { describe, expect, it } from "vitest";
import { type AttributionRule, defaultAttributionRule } from "@/lib/protocol/attribution";
import { type BoughtLine, type Credit, creditLines, type Touch } from "./attribution";

const HOUR_MS = 3_600_000;
const DAY = 24;

/** `r` is recommended, `s` shown, `t` talked: by the first letter of the id; hours after noon. */
function touch(id: string, hours: number, more: Partial<Touch> = {}): Touch {
  const kind = id.startsWith("s") ? "shown" : id.startsWith("t") ? "talked" : "recommended";
  return {
    id,
    kind,
    customer: "v",
    productId: kind === "talked" ? null : "p",
    conversationId: `of ${id}`,
    memberId: "m",
    atMs: hours * HOUR_MS,
    ...more,
  };
}

function line(hours: number, more: Partial<BoughtLine> = {}): BoughtLine {
  return {
    id: "l",
    customer: "v",
    productId: "p",
    placedAtMs: hours * HOUR_MS,
    minor: 999n,
    quantity: 3,
    ...more,
  };
}

const credit = (
  touches: readonly Touch[],
  bought: BoughtLine,
  rule: Partial<AttributionRule> = {},
): readonly Credit[] => creditLines(touches, [bought], { ...defaultAttributionRule, ...rule });
/** Who gets how many minor units. */
const shares = (...asked: Parameters<typeof credit>) =>
  credit(...asked).map(({ touchId, minor }) => `${touchId} ${minor}`);

describe("creditLines", () => {
  it("[AT1] [AT9] the window is the shop's, of so many times 24 hours, both ends included", () => {
    for (const days of [1, 30, 365]) {
      const recommended = [touch("r", 0)];
      expect(shares(recommended, line(0), { days })).toEqual(["r 999"]);
      expect(shares(recommended, line(days * DAY), { days })).toEqual(["r 999"]);
      expect(credit(recommended, line(0, { placedAtMs: days * DAY * HOUR_MS + 1 }), { days })).toEqual([]);
      expect(credit(recommended, line(0, { placedAtMs: -1 }), { days })).toEqual([]);
    }
  });

  it("[AT3] [AT11] the last recommendation takes the line, whatever the order of the list", () => {
    const [early, late] = [touch("r early", 1), touch("r late", 2)];
    expect(shares([early, late], line(3))).toEqual(["r late 999"]);
    expect(shares([late, early], line(3))).toEqual(["r late 999"]);
    expect(shares([early, late], line(1.5))).toEqual(["r early 999"]);
    expect(shares([touch("r a", 1), touch("r b", 1)], line(3))).toEqual(["r b 999"]);
  });

  it("[AT12] the first one takes it where the shop says so", () => {
    const touches = [touch("r 2", 2), touch("r 1", 1), touch("r 3", 3)];
    expect(shares(touches, line(4), { model: "first" })).toEqual(["r 1 999"]);
    // What lies before the window was not the first that counts.
    expect(shares(touches, line(2 * DAY + 2), { model: "first", days: 2 })).toEqual(["r 2 999"]);
  });

  it("[AT13] linear gives every agent and conversation the same", () => {
    const touches = [touch("r 1", 1), touch("r 2", 2), touch("r 3", 3)];
    expect(shares(touches, line(4, { minor: 1_000n }), { model: "linear" })).toEqual([
      "r 3 334",
      "r 2 333",
      "r 1 333",
    ]);
  });

  it("[AT14] time decay halves what a recommendation weighs with every half-life", () => {
    const touches = [touch("r new", 14 * DAY), touch("r week", 7 * DAY), touch("r old", 0)];
    const rule = { model: "time_decay", halfLifeDays: 7 } as const;
    // 1 : 0.5 : 0.25
    expect(shares(touches, line(14 * DAY, { minor: 700n }), rule)).toEqual([
      "r new 400",
      "r week 200",
      "r old 100",
    ]);
    expect(shares(touches, line(14 * DAY, { minor: 700n }), { ...rule, halfLifeDays: 14 })).toEqual([
      "r new 317",
      "r week 224",
      "r old 159",
    ]);
    // However old, it weighs something.
    const [, oldest] = credit(
      [touch("r new", 365 * DAY), touch("r old", 0)],
      line(365 * DAY, { minor: 10n ** 7n }),
      {
        model: "time_decay",
        days: 365,
        halfLifeDays: 1,
      },
    );
    expect(oldest).toMatchObject({ touchId: "r old", minor: 10n });
  });

  it("[AT4] repeats of one agent in one conversation are one recommendation", () => {
    const repeats = [1, 2, 3].map((hours) => touch(`r ${hours}`, hours, { conversationId: "c" }));
    const other = touch("r 4", 4, { conversationId: "d" });
    expect(shares([...repeats, other], line(5, { minor: 10n }), { model: "linear" })).toEqual([
      "r 4 5",
      "r 3 5",
    ]);
    const colleague = touch("r 5", 4, { conversationId: "c", memberId: "n" });
    expect(shares([...repeats, colleague], line(5, { minor: 10n }), { model: "linear" })).toEqual([
      "r 5 5",
      "r 3 5",
    ]);
  });

  it("[AT10] a recommendation goes before what was only shown, and this before what was only spoken of", () => {
    const touches = [touch("t", 3), touch("s", 2), touch("r", 1)];
    expect(credit(touches, line(4))).toMatchObject([{ kind: "recommended", touchId: "r" }]);
    expect(credit(touches.slice(0, 2), line(4))).toMatchObject([{ kind: "shown", touchId: "s" }]);
    expect(credit(touches.slice(0, 1), line(4))).toMatchObject([{ kind: "talked", touchId: "t" }]);
    expect(credit(touches, line(4, { productId: "other" }))).toMatchObject([{ kind: "talked" }]);
    // Neither the model nor the others' number changes what kind it is.
    expect(shares(touches, line(4), { model: "linear" })).toEqual(["r 999"]);
  });

  it("[AT10] what she showed herself counts from the first answer on", () => {
    const own = (answeredAtMs: number | null) => [touch("s", 1, { answeredAtMs })];
    expect(shares(own(2 * HOUR_MS), line(2))).toEqual(["s 999"]);
    expect(shares(own(2 * HOUR_MS + 1), line(2))).toEqual([]);
    expect(shares(own(null), line(2))).toEqual([]);
    expect(shares([touch("s", 1)], line(2))).toEqual(["s 999"]);
  });

  it("[AT7] [AT17] another customer, another product, an unknown product and nobody's order", () => {
    const recommended = [touch("r", 0)];
    expect(credit(recommended, line(1, { customer: "other" }))).toEqual([]);
    expect(credit(recommended, line(1, { productId: "other" }))).toEqual([]);
    expect(credit(recommended, line(1, { productId: null }))).toEqual([]);
    expect(credit([touch("t", 0)], line(1, { productId: null }))).toMatchObject([{ kind: "talked" }]);
    expect(credit([touch("t", 0)], line(1, { customer: null }))).toEqual([]);
  });

  it("[AT15] minor units and pieces are shared out whole, and add up", () => {
    const touches = Array.from({ length: 7 }, (_, i) => touch(`r ${i}`, i));
    for (const model of ["linear", "time_decay"] as const) {
      const credits = credit(touches, line(9, { minor: 12_345n, quantity: 3 }), { model });
      expect(credits.reduce((sum, one) => sum + one.minor, 0n)).toBe(12_345n);
      expect(credits.reduce((sum, one) => sum + one.quantity, 0)).toBe(3);
    }
  });
});
