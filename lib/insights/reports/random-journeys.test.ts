import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { type AttributionRule, attributionModels } from "@/lib/protocol/attribution";
import { openTestDatabase } from "@/tests/support/database";
import { creditLines } from "../attribution";
import { at, makeShop } from "../internal/test-shop";
import type { Money } from "../money";
import { type BoughtRow, loadBoughtRecommendations } from "./bought-recommendations";
import { loadSummary } from "./summary";

/** Small numbers of everything, so that the interesting coincidences happen; hours reach past both ends of the window. */
const hours = fc.integer({ min: -12, max: 26 }).map((n) => n * 40);
const actor = { conversation: fc.nat({ max: 3 }), product: fc.nat({ max: 1 }), hours };
const recommendation = fc.record({ ...actor, agent: fc.nat({ max: 1 }) });
const order = fc.record({
  visitor: fc.nat({ max: 1 }),
  hours,
  currency: fc.constantFrom("EUR", "CHF"),
  lines: fc.array(
    fc.record({
      product: fc.nat({ max: 2 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      unitMinor: fc.nat({ max: 9_999 }),
    }),
    { maxLength: 3 },
  ),
});
const rule = fc.record({
  model: fc.constantFrom(...attributionModels),
  days: fc.constantFrom(5, 30),
  halfLifeDays: fc.constantFrom(1, 7),
});
const journeys = fc.record({
  rule,
  recommendations: fc.array(recommendation, { minLength: 2, maxLength: 10 }),
  orders: fc.array(order, { minLength: 1, maxLength: 4 }),
});

describe.each(["postgres", "pglite"] as const)("the reports and the pure rule on %s", (kind) => {
  let database: { close(): Promise<void> };
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  it("[AT3] [AT8] agree on random journeys, and both groupings add up to the summary", async () => {
    await fc.assert(
      fc.asyncProperty(journeys, async ({ rule, recommendations, orders }) => {
        const shop = await makeShop();
        await shop.attribute(rule);
        const agents = [await shop.agent("A"), await shop.agent("B")];
        const products = [await shop.product("p0"), await shop.product("p1")];
        const visitors = [await shop.visitor(), await shop.visitor()];
        const conversations = await Promise.all(
          [0, 1, 2, 3].map((i) => shop.conversation(pick(visitors, i % 2), pick(agents, 0))),
        );
        for (const r of recommendations) {
          await shop.recommend(
            pick(conversations, r.conversation),
            pick(agents, r.agent),
            pick(products, r.product),
            at(r.hours),
          );
        }
        for (const [i, o] of orders.entries()) {
          const lines = o.lines.map((line) => ({ ...line, id: `p${line.product}` }));
          await shop.order(pick(visitors, o.visitor), `o${i}`, at(o.hours), lines, o.currency);
        }

        const range = { from: at(0), to: at(240) };
        const report = await loadBoughtRecommendations({ shopId: shop.shopId, range });
        const expected = await countByHand(shop.shopId, range, rule);
        for (const row of report.byAgent) expect(totals([row])).toEqual(expected(row.id, null));
        for (const row of report.byProduct) expect(totals([row])).toEqual(expected(null, row.id));
        const all = expected(null, null);
        expect(totals(report.byAgent)).toEqual(all);
        expect(totals(report.byProduct)).toEqual(all);
        const { recommended, bought, revenue } = await loadSummary({ shopId: shop.shopId, range });
        expect({ recommended, bought, revenue }).toEqual({ ...all, pieces: undefined });
      }),
      { numRuns: kind === "postgres" ? 40 : 15 },
    );
  }, 120_000);
});

/** The same figures from the rows and the pure rule. */
async function countByHand(shopId: string, range: { from: Date; to: Date }, rule: AttributionRule) {
  const db = getDb();
  const events = await db.event.findMany({ where: { shopId, type: "product_recommended" } });
  const conversations = new Map(
    (await db.conversation.findMany({ where: { shopId } })).map((c) => [c.id, c.visitorId]),
  );
  const orders = await db.order.findMany({ where: { shopId }, include: { lines: true } });
  const lines = orders.flatMap((o) => o.lines.map((line) => ({ ...line, order: o })));
  const credits = creditLines(
    events.map((e) => ({
      id: e.id,
      kind: "recommended",
      customer: conversations.get(e.conversationId ?? "") ?? "",
      conversationId: e.conversationId ?? "",
      memberId: e.memberId ?? "",
      productId: e.productId,
      atMs: e.occurredAt.getTime(),
    })),
    lines.map((line) => ({
      id: line.id,
      customer: line.order.visitorId,
      productId: line.productId,
      placedAtMs: line.order.placedAt.getTime(),
      minor: line.totalMinor,
      quantity: line.quantity,
    })),
    rule,
  );
  const currencyOf = new Map(lines.map((line) => [line.id, line.order.currency]));
  const unit = (e: (typeof events)[number]) => `${e.memberId} ${e.conversationId} ${e.productId}`;
  /** Of one agent, of one product, or (both null) of all. */
  return (memberId: string | null, productId: string | null) => {
    const cohort = events.filter(
      (e) =>
        e.occurredAt >= range.from &&
        e.occurredAt < range.to &&
        (memberId === null || e.memberId === memberId) &&
        (productId === null || e.productId === productId),
    );
    const unitOf = new Map(cohort.map((e) => [e.id, unit(e)]));
    const counting = credits.filter((credit) => unitOf.has(credit.touchId));
    return {
      recommended: new Set(unitOf.values()).size,
      bought: new Set(counting.map((credit) => unitOf.get(credit.touchId))).size,
      pieces: counting.reduce((sum, credit) => sum + credit.quantity, 0),
      revenue: sumMoney(
        counting.map(({ lineId, minor }) => ({
          currency: currencyOf.get(lineId) ?? "",
          minor: Number(minor),
        })),
      ),
    };
  };
}

function totals(rows: readonly BoughtRow[]) {
  return {
    recommended: rows.reduce((sum, row) => sum + row.recommended, 0),
    bought: rows.reduce((sum, row) => sum + row.bought, 0),
    pieces: rows.reduce((sum, row) => sum + row.pieces, 0),
    revenue: sumMoney(rows.flatMap((row) => row.revenue)),
  };
}

function sumMoney(money: Money): Money {
  const sums = new Map<string, number>();
  for (const { currency, minor } of money) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums]
    .map(([currency, minor]) => ({ currency, minor }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function pick<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
}
