import fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod/mini";
import { reportBodySchema } from "@/lib/protocol/api/order-report";
import { toMinor } from "./minor-units";
import { type Refund, type SoldLine, settleRefunds } from "./settle-refunds";

const line = (id: string, more: Partial<SoldLine> = {}): SoldLine => ({
  id,
  lineExternalId: `line-${id}`,
  externalId: `product-${id}`,
  quantity: 3,
  totalMinor: 1_000n,
  ...more,
});
const back = (quantity: number, more: object = {}) => ({
  lineId: "line-a",
  id: null,
  quantity,
  minor: null,
  ...more,
});
const refund = (...lines: ReturnType<typeof back>[]): Refund => ({ amountMinor: 0n, lines });

it("[IN44] pieces given back one by one add up to the line exactly", () => {
  const settled = settleRefunds([line("a")], [refund(back(1)), refund(back(1)), refund(back(1))], 1_000n);
  expect(settled.get("a")).toEqual({ quantity: 3, minor: 1_000n });
  expect(settleRefunds([line("a")], [refund(back(1))], 1_000n).get("a")).toEqual({
    quantity: 1,
    minor: 333n,
  });
});

it("[IN44] an amount that is named counts instead of the pieces' share", () => {
  const settled = settleRefunds([line("a")], [refund(back(1, { minor: 200 }), back(1))], 1_000n);
  expect(settled.get("a")).toEqual({ quantity: 2, minor: 533n });
});

it("[IN44] a product on two lines is given back on the first, then on the second", () => {
  const lines = [line("a", { externalId: "p" }), line("b", { externalId: "p" })];
  const settled = settleRefunds(
    lines,
    [{ amountMinor: 0n, lines: [{ lineId: null, id: "p", quantity: 4, minor: null }] }],
    2_000n,
  );
  expect([...settled.values()]).toEqual([
    { quantity: 3, minor: 1_000n },
    { quantity: 1, minor: 333n },
  ]);
});

it("[IN44] an amount without lines lowers each by its share of the order, shipping included", () => {
  const lines = [line("a"), line("b", { totalMinor: 3_000n })];
  const some = settleRefunds(lines, [{ amountMinor: 500n, lines: [] }], 5_000n);
  expect([...some.values()]).toEqual([
    { quantity: 0, minor: 100n },
    { quantity: 0, minor: 300n },
  ]);
  const all = settleRefunds(lines, [{ amountMinor: 5_000n, lines: [] }], 5_000n);
  expect([...all.values()]).toEqual([
    { quantity: 3, minor: 1_000n },
    { quantity: 3, minor: 3_000n },
  ]);
});

it("[IN44] whatever is given back, no line has more pieces or money taken off than it had", () => {
  const anyLine = fc.record({
    lineId: fc.constantFrom("line-a", "line-b", "unknown", null),
    id: fc.constantFrom("product-a", "product-b", null),
    quantity: fc.nat(9),
    minor: fc.option(fc.nat(5_000)),
  });
  const anyRefund = fc.record({
    amountMinor: fc.nat(9_000).map(BigInt),
    lines: fc.array(anyLine, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(anyRefund, { maxLength: 5 }), fc.nat(9_000), (refunds, total) => {
      const lines = [line("a"), line("b", { quantity: 1, totalMinor: 0n })];
      const settled = settleRefunds(lines, refunds, BigInt(total));
      for (const sold of lines) {
        const taken = settled.get(sold.id);
        expect(taken?.quantity).toBeGreaterThanOrEqual(0);
        expect(taken?.quantity).toBeLessThanOrEqual(sold.quantity);
        expect(taken?.minor).toBeGreaterThanOrEqual(0n);
        expect(taken?.minor).toBeLessThanOrEqual(sold.totalMinor);
      }
    }),
  );
});

it.each([
  ["0.1", "EUR", 10n],
  ["1.005", "EUR", 101n],
  ["-10.00", "EUR", -1_000n],
  ["1234", "JPY", 1_234n],
  ["1.2345", "KWD", 1_235n],
  ["99999999999.99", "EUR", 9_999_999_999_999n],
])("[IN45] %s %s is %s minor units", (text, currency, minor) => {
  expect(toMinor(text, currency)).toBe(minor);
});

it.each([
  ["NaN", "EUR"],
  ["1e5", "EUR"],
  ["1,50", "EUR"],
  ["", "EUR"],
  ["1", "EURO"],
  ["9".repeat(40), "EUR"],
])("[IN45] %s %s is refused, never guessed", (text, currency) => {
  expect(() => toMinor(text, currency)).toThrow(/is no (amount|currency)/);
});

it("[IN45] more than any order costs is refused, also when a line comes to it by its pieces", () => {
  expect(() => toMinor("100000000000.01", "EUR")).toThrow(/more than any order costs/);
  expect(() => toMinor("-100000000000.01", "EUR")).toThrow(/more than any order costs/);
  const line = { id: "A", quantity: 1_000_000, unitMinor: 10_000_001 };
  const order = { id: "1", currency: "EUR", totalMinor: 1, placedAt: "2026-05-10T12:00:00Z", lines: [line] };
  const parsed = z.safeParse(reportBodySchema, { orders: [order] });
  expect(parsed.error?.issues[0]?.path).toEqual(["orders", 0, "lines", 0]);
});
