/** A shop in the database for this module's tests: products with variants, agents, customers, and short verbs to let things happen. */
import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { BrowserEvent } from "@/lib/protocol/events";
import { type ShopId, shopIdSchema, type VisitorId, visitorIdSchema } from "@/lib/protocol/ids";
import { type Ingested, ingestBatch } from "../ingest";
import { recordEvent, type ServerFact } from "../record";
import { forgetRollups, rollUpShop } from "../rollups/roll-up";

export const NOON = new Date("2026-05-10T12:00:00.000Z");
export const HOUR_MS = 3_600_000;

/** `hours` after noon of the tests' day. */
export function at(hours: number): Date {
  return new Date(NOON.getTime() + hours * HOUR_MS);
}

export interface TestConversation {
  readonly conversationId: string;
  readonly visitorId: VisitorId;
}

type Without<Fact, Key extends string> = Fact extends unknown ? Omit<Fact, Key> : never;
type TestFact = Without<ServerFact, "shopId">;

export interface TestShop {
  readonly shopId: ShopId;
  product(externalId: string, variants?: readonly string[]): Promise<string>;
  agent(name: string): Promise<string>;
  visitor(): Promise<VisitorId>;
  conversation(
    visitorId: VisitorId,
    memberId: string,
    startedAt?: Date,
    closedAt?: Date | null,
  ): Promise<TestConversation>;
  recommend(
    conversation: TestConversation,
    memberId: string,
    productId: string,
    occurredAt: Date,
  ): Promise<void>;
  /** Its customer says how it was, 1 to 5. */
  rate(conversation: TestConversation, score: number): Promise<void>;
  fact(fact: TestFact): Promise<void>;
  claim(
    visitorId: VisitorId,
    event: Record<string, unknown> & { readonly type: BrowserEvent["type"] },
    receivedAt: Date,
  ): Promise<Ingested>;
  /** Counts what reports read, from all that has happened until now. */
  rollUp(): Promise<void>;
  /** By which rule it credits lines from now on. */
  attribute(rule: Partial<AttributionRule>): Promise<void>;
  order(
    visitorId: VisitorId,
    orderId: string,
    placedAt: Date,
    lines: readonly Line[],
    currency?: string,
  ): Promise<Ingested>;
}

interface Line {
  readonly id: string;
  readonly quantity?: number;
  readonly unitMinor?: number;
}

export async function makeShop(): Promise<TestShop> {
  const db = getDb();
  const shop = await db.shop.create({ data: { key: randomUUID(), name: "Sartoria", origins: [] } });
  const shopId = shopIdSchema.parse(shop.id);
  const claim: TestShop["claim"] = (visitorId, event, receivedAt) => {
    const full = { id: randomUUID(), at: receivedAt.getTime(), ...event } as BrowserEvent;
    return ingestBatch({ shopId, visitorId, events: [full], receivedAt });
  };
  return {
    shopId,
    claim,
    async product(externalId, variants = []) {
      const product = await db.product.create({
        data: { shopId, externalId, title: `Product ${externalId}` },
      });
      await db.variant.createMany({
        data: variants.map((id) => ({
          shopId,
          productId: product.id,
          externalId: id,
          currency: "EUR",
          priceMinor: 1_000,
        })),
      });
      return product.id;
    },
    async agent(name) {
      const user = await db.user.create({ data: { name, email: `${randomUUID()}@example.test` } });
      const member = await db.member.create({ data: { shopId, userId: user.id, role: "agent" } });
      return member.id;
    },
    async visitor() {
      const visitor = await db.visitor.create({ data: { shopId } });
      return visitorIdSchema.parse(visitor.id);
    },
    async conversation(visitorId, memberId, startedAt = at(0), closedAt = at(1)) {
      const { id } = await db.conversation.create({
        data: {
          shopId,
          visitorId,
          memberId,
          status: closedAt ? "closed" : "open",
          createdAt: startedAt,
          acceptedAt: startedAt,
          closedAt,
        },
      });
      await db.participant.create({
        data: { conversationId: id, role: "customer", visitorId, name: "Guest 1", color: 0 },
      });
      return { conversationId: id, visitorId };
    },
    recommend: ({ conversationId }, memberId, productId, occurredAt) =>
      recordEvent({ type: "product_recommended", shopId, conversationId, memberId, productId, occurredAt }),
    async rate({ conversationId }, score) {
      const data = { score, ratedAt: new Date() };
      await db.conversation.update({ where: { id: conversationId }, data });
    },
    async rollUp() {
      await forgetRollups(shopId);
      await rollUpShop(shopId, new Date());
    },
    fact: (fact) => recordEvent({ ...fact, shopId }),
    async attribute({ model, days, halfLifeDays }) {
      await db.shop.update({
        where: { id: shopId },
        data: {
          ...(model === undefined ? {} : { attributionModel: model }),
          ...(days === undefined ? {} : { attributionDays: days }),
          ...(halfLifeDays === undefined ? {} : { attributionHalfLifeDays: halfLifeDays }),
        },
      });
    },
    order(visitorId, orderId, placedAt, lines, currency = "EUR") {
      const full = lines.map(({ id, quantity = 1, unitMinor = 1_000 }) => ({ id, quantity, unitMinor }));
      const totalMinor = full.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);
      return claim(visitorId, { type: "order_placed", orderId, currency, totalMinor, lines: full }, placedAt);
    },
  };
}
