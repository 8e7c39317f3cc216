import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DatedRefund, lineReturns } from "./line-returns";
import { type SoldLine, settleRefunds } from "./settle-refunds";

const day = (days: number) => new Date(Date.UTC(2026, 4, 10 + days));
const line = (id: string, more: Partial<SoldLine> = {}): SoldLine => ({
  id,
  lineExternalId: id,
  externalId: `product ${id}`,
  quantity: 2,
  totalMinor: 1_000n,
  ...more,
});
const refund = (days: number, quantity: number, more: Partial<DatedRefund> = {}): DatedRefund => ({
  occurredAt: day(days),
  amountMinor: 0n,
  lines: [{ lineId: "a", id: null, quantity, minor: null }],
  ...more,
});
const order = { totalMinor: 1_000n, placedAt: day(0), cancelledAt: null };
const steps = (...asked: Parameters<typeof lineReturns>) =>
  lineReturns(...asked).map(({ orderLineId, occurredAt, quantity, minor }) => [
    orderLineId,
    occurredAt.getUTCDate() - 10,
    quantity,
    minor,
  ]);

describe("lineReturns", () => {
  it("[AT21] each refund takes what it adds to those before; too large a one only what there is", () => {
    expect(steps([line("a")], [refund(1, 1), refund(3, 1)], order)).toEqual([
      ["a", 1, 1, 500n],
      ["a", 3, 1, 500n],
    ]);
    expect(steps([line("a")], [refund(1, 7), refund(3, 1)], order)).toEqual([["a", 1, 2, 1_000n]]);
    expect(
      steps([line("a"), line("b")], [refund(1, 0, { lines: [], amountMinor: 99_999n })], {
        ...order,
        totalMinor: 2_000n,
      }),
    ).toEqual([
      ["a", 1, 2, 1_000n],
      ["b", 1, 2, 1_000n],
    ]);
  });

  it("[AT21] a fee that the shop kept of a line that came back whole counts nothing", () => {
    const kept = refund(1, 2, { lines: [{ lineId: "a", id: null, quantity: 2, minor: 700 }] });
    expect(steps([line("a")], [kept], order)).toEqual([["a", 1, 2, 1_000n]]);
  });

  it("[AT22] a cancellation takes what is left, and nothing is given back before it was bought", () => {
    expect(steps([line("a")], [refund(1, 1), refund(9, 1)], { ...order, cancelledAt: day(4) })).toEqual([
      ["a", 1, 1, 500n],
      ["a", 4, 1, 500n],
    ]);
    expect(steps([line("a")], [refund(-5, 1)], order)).toEqual([["a", 0, 1, 500n]]);
    expect(steps([line("a")], [], { ...order, cancelledAt: day(-1) })).toEqual([["a", 0, 2, 1_000n]]);
  });

  it("[AT21] of very many refunds the earliest count as one, and the sum stays", () => {
    const many = Array.from({ length: 250 }, (_, i) => refund(i, 0, { lines: [], amountMinor: 3n }));
    const returns = lineReturns([line("a")], many, order);
    expect(returns).toHaveLength(100);
    expect(returns.reduce((sum, { minor }) => sum + minor, 0n)).toBe(750n);
    expect(returns[0]?.occurredAt).toEqual(day(150));
  });

  it("[AT21] steps are never below zero and add up to what all refunds together take", () => {
    const refunds = fc.array(
      fc.record({
        days: fc.nat({ max: 20 }),
        quantity: fc.nat({ max: 3 }),
        amountMinor: fc.bigInt({ min: 0n, max: 1_500n }),
        named: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(refunds, (asked) => {
        const sorted = asked
          .toSorted((a, b) => a.days - b.days)
          .map(({ days, quantity, amountMinor, named }) =>
            refund(days, quantity, named ? {} : { lines: [], amountMinor }),
          );
        const lines = [line("a"), line("b", { totalMinor: 333n })];
        const whole = { ...order, totalMinor: 1_333n };
        const returns = lineReturns(lines, sorted, whole);
        const settled = settleRefunds(lines, sorted, whole.totalMinor);
        for (const { id, quantity, totalMinor } of lines) {
          const taken = settled.get(id);
          const all = (taken?.quantity ?? 0) >= quantity ? totalMinor : taken?.minor;
          const own = returns.filter(({ orderLineId }) => orderLineId === id);
          expect(own.reduce((sum, { minor }) => sum + minor, 0n)).toBe(all);
          expect(own.every(({ minor }) => minor >= 0n)).toBe(true);
          expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i + 1));
        }
      }),
    );
  });
});
