import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { attributionModels } from "@/lib/protocol/attribution";
import { openTestDatabase } from "@/tests/support/database";
import { creditKinds, creditLines, type Touch } from "../attribution";
import { recordReport } from "../orders/record-report";
import { readOwn } from "../orders/shapes/own";
import { creditsSql, movedLinesSql, ruleSql } from "./attribution-sql";
import { runSql } from "./run-sql";
import { at, makeShop } from "./test-shop";
import { say } from "./test-talk";

/** Few of everything, so that coincidences happen: two people of whom one has two browsers, hours that meet the window's ends. */
const hours = fc.integer({ min: 0, max: 24 }).map((n) => n * 12);
const journeys = fc.record({
  rule: fc.record({
    model: fc.constantFrom(...attributionModels),
    days: fc.constantFrom(1, 5, 30),
    halfLifeDays: fc.constantFrom(1, 7),
  }),
  facts: fc.array(
    fc.record({
      type: fc.constantFrom("product_recommended", "item_shown", "mark_drawn"),
      conversation: fc.nat({ max: 3 }),
      agent: fc.nat({ max: 2 }),
      product: fc.nat({ max: 2 }),
      hours,
    }),
    { maxLength: 12 },
  ),
  /** What was said in each conversation, in order of time; in some nobody of the shop said anything. */
  said: fc.array(
    fc.array(
      fc.record({
        role: fc.constantFrom("customer", "agent", "supervisor"),
        kind: fc.constantFrom("text", "notice"),
        hours,
      }),
      { maxLength: 3 },
    ),
    { minLength: 4, maxLength: 4 },
  ),
  orders: fc.array(
    fc.record({
      visitor: fc.nat({ max: 2 }),
      hours,
      lines: fc.array(
        fc.record({
          product: fc.nat({ max: 3 }),
          quantity: fc.integer({ min: 1, max: 4 }),
          totalMinor: fc.nat({ max: 9_999 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      refunds: fc.array(
        fc.record({
          hours,
          line: fc.option(fc.nat({ max: 2 })),
          quantity: fc.nat({ max: 3 }),
          amountMinor: fc.nat({ max: 12_000 }),
        }),
        { maxLength: 3 },
      ),
      cancelled: fc.option(hours, { freq: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

const bodySchema = z.object({ kind: z.string() });
const creditSchema = z.array(
  z.object({
    lineId: z.string(),
    kind: z.string(),
    conversationId: z.string(),
    memberId: z.string(),
    n: z.number(),
    minor: z.string(),
    quantity: z.string(),
  }),
);
const sql = `with ${ruleSql}, ${movedLinesSql}, ${creditsSql(creditKinds)}
  select "lineId", kind, "conversationId", "memberId", n::int as n, minor::text as minor, quantity::text as quantity from credits`;
const always = [at(-10_000).toISOString(), at(10_000).toISOString()];

describe.each(["postgres", "pglite"] as const)("attribution in SQL on %s", (kind) => {
  let database: { close(): Promise<void> };
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  it("[AT16, IN121] credits what the pure rule credits, moment by moment, by every model", async () => {
    await fc.assert(
      fc.asyncProperty(journeys, async (journey) => {
        const shop = await makeShop();
        await shop.attribute(journey.rule);
        const agents = [await shop.agent("A"), await shop.agent("B")];
        const products = [await shop.product("p0"), await shop.product("p1"), await shop.product("p2")];
        const visitors = [await shop.visitor(), await shop.visitor(), await shop.visitor()];
        const { shopId } = shop;
        const db = getDb();
        const person = await db.person.create({ data: { shopId, externalId: "77" } });
        await db.visitor.updateMany({
          where: { id: { in: visitors.slice(0, 2) } },
          data: { personId: person.id },
        });
        const conversations = await Promise.all(
          journey.said.map((_, i) => shop.conversation(pick(visitors, i % 3), pick(agents, i % 2))),
        );
        for (const [i, said] of journey.said.entries()) {
          for (const { role, kind: what, hours: when } of said.toSorted((a, b) => a.hours - b.hours)) {
            await say(pick(conversations, i), role, at(when), what);
          }
        }
        for (const { type, conversation, agent, product, hours: when } of journey.facts) {
          await shop.fact({
            type: type as "item_shown",
            conversationId: pick(conversations, conversation).conversationId,
            productId: pick(products, product),
            memberId: agents[agent] ?? null,
            occurredAt: at(when),
          });
        }
        for (const [i, order] of journey.orders.entries()) {
          const id = `o${i}`;
          const lines = order.lines.map(({ product, ...line }, j) => ({
            ...line,
            id: `p${product}`,
            lineId: String(j),
            unitMinor: 0,
          }));
          const totalMinor = order.lines.reduce((sum, line) => sum + line.totalMinor, 0);
          await recordReport(
            { shopId, source: "api", receivedAt: at(9_000) },
            readOwn({
              orders: [{ id, currency: "EUR", totalMinor, placedAt: at(order.hours).toISOString(), lines }],
              changes: [
                ...order.refunds.map((refund, j) => ({
                  id: String(j),
                  orderId: id,
                  kind: "refund" as const,
                  at: at(refund.hours).toISOString(),
                  amountMinor: refund.amountMinor,
                  ...(refund.line === null
                    ? {}
                    : { lines: [{ lineId: String(refund.line), quantity: refund.quantity }] }),
                })),
                ...(order.cancelled === null
                  ? []
                  : [
                      {
                        id: "c",
                        orderId: id,
                        kind: "cancellation" as const,
                        at: at(order.cancelled).toISOString(),
                      },
                    ]),
              ],
            }),
          );
          await db.order.updateMany({
            where: { shopId, externalId: id },
            data: { visitorId: pick(visitors, order.visitor) },
          });
        }
        const rows = creditSchema.parse(await runSql(sql, [shopId, ...always]));
        const byHand = await creditedByHand(shopId, journey.rule);
        expect(rows.map((row) => Object.values(row).join(" ")).sort()).toEqual(byHand);
        await shop.rollUp();
        const kept = await db.credit.findMany({ where: { shopId } });
        const keptRows = kept.map(({ lineId, kind, conversationId, memberId, n, minor, quantity }) =>
          [lineId, kind, conversationId, memberId, n, minor, quantity].join(" "),
        );
        expect(keptRows.sort()).toEqual(byHand);
      }),
      { numRuns: kind === "postgres" ? 40 : 12 },
    );
  }, 180_000);
});

/** The pure rule on what is stored: what each line was worth after each of its returns, and the differences. */
async function creditedByHand(shopId: string, rule: Parameters<typeof creditLines>[2]): Promise<string[]> {
  const db = getDb();
  const customers = new Map(
    (await db.visitor.findMany({ where: { shopId } })).map((v) => [v.id, v.personId ?? v.id]),
  );
  const conversations = await db.conversation.findMany({
    where: { shopId },
    include: { messages: { include: { participant: true } } },
  });
  const answeredAt = ({ messages }: (typeof conversations)[number]): number | null => {
    const answers = messages.filter(
      ({ participant, body }) => participant?.role === "agent" && z.parse(bodySchema, body).kind !== "notice",
    );
    return answers.length === 0 ? null : Math.min(...answers.map(({ createdAt }) => createdAt.getTime()));
  };
  const kinds = { product_recommended: "recommended", item_shown: "shown", mark_drawn: "shown" } as const;
  const touches: Touch[] = conversations.flatMap((c) => {
    const atMs = answeredAt(c);
    return atMs === null
      ? []
      : [
          {
            id: c.id,
            kind: "talked",
            customer: customers.get(c.visitorId) ?? "",
            conversationId: c.id,
            memberId: c.memberId ?? "",
            productId: null,
            atMs,
          },
        ];
  });
  for (const event of await db.event.findMany({ where: { shopId } })) {
    const conversation = conversations.find((c) => c.id === event.conversationId);
    const kind = Object.entries(kinds).find(([type]) => type === event.type)?.[1];
    if (conversation === undefined || kind === undefined) continue;
    touches.push({
      id: event.id,
      kind,
      customer: customers.get(conversation.visitorId) ?? "",
      conversationId: conversation.id,
      memberId: event.memberId ?? (kind === "shown" ? conversation.memberId : null) ?? "",
      productId: event.productId,
      atMs: event.occurredAt.getTime(),
      ...(kind === "shown" && event.memberId === null ? { answeredAtMs: answeredAt(conversation) } : {}),
    });
  }
  const lines = await db.orderLine.findMany({
    where: { order: { shopId } },
    include: { order: true, returns: { orderBy: { seq: "asc" } } },
  });
  return lines
    .flatMap((line) => {
      const before = new Map<string, { minor: bigint; quantity: number }>();
      let left = { minor: line.totalMinor, quantity: line.quantity };
      return [{ seq: 0, minor: 0n, quantity: 0 }, ...line.returns].flatMap((back) => {
        left = { minor: left.minor - back.minor, quantity: left.quantity - back.quantity };
        const bought = {
          id: line.id,
          customer: customers.get(line.order.visitorId ?? "") ?? null,
          productId: line.productId,
          placedAtMs: line.order.placedAt.getTime(),
          ...left,
        };
        return creditLines(touches, [bought], rule).map((credit) => {
          const was = before.get(credit.touchId) ?? { minor: 0n, quantity: 0 };
          before.set(credit.touchId, credit);
          const { lineId, kind, conversationId, memberId } = credit;
          return `${lineId} ${kind} ${conversationId} ${memberId} ${back.seq} ${credit.minor - was.minor} ${credit.quantity - was.quantity}`;
        });
      });
    })
    .sort();
}

function pick<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
}
