/** What became of products in conversations (IN118), on which pages these began (IN230), and after which of them orders came (IN121), walked through one by one: what roll-ups are held against. */
import { type CountedOrder, getDb } from "@/lib/db/client";

const DAY_MS = 86_400_000;

interface Fact {
  readonly conversationId: string;
  readonly productId: string;
  seenAt: Date | null;
  shownAt: Date | null;
  asked: boolean;
  drawnAt: Date | null;
  recommendedAt: Date | null;
  recommendedLastAt: Date | null;
  openedAt: Date | null;
  cartedLastAt: Date | null;
  boughtLastAt: Date | null;
  returned: boolean;
}

const first = (a: Date | null, b: Date) => (a === null || b < a ? b : a);
const last = (a: Date | null, b: Date) => (a === null || b > a ? b : a);
const name = (fact: Pick<Fact, "conversationId" | "productId">) => `${fact.conversationId} ${fact.productId}`;

/** Pieces of each product in a cart. */
function piecesOf(data: unknown): Map<string, number> {
  const { lines } = data as { lines: readonly { productId: string; quantity: number }[] };
  const pieces = new Map<string, number>();
  for (const { productId, quantity } of lines) pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
  return pieces;
}

/** By conversation and product. @param days the shop's window */
export async function walkProductFacts(shopId: string, days: number): Promise<Fact[]> {
  const db = getDb();
  const where = { shopId };
  const conversations = await db.conversation.findMany({ where });
  const visitors = await db.visitor.findMany({ where });
  const events = await db.event.findMany({ where, orderBy: [{ occurredAt: "asc" }, { id: "asc" }] });
  const orders = await db.order.findMany({ where, include: { lines: true } });
  const facts = new Map<string, Fact>();
  for (const { id: conversationId, visitorId, createdAt, closedAt } of conversations) {
    const of = (productId: string): Fact => {
      const none = { seenAt: null, shownAt: null, asked: false, drawnAt: null, recommendedAt: null };
      const sold = { cartedLastAt: null, boughtLastAt: null, returned: false };
      const fact = facts.get(name({ conversationId, productId })) ?? {
        conversationId,
        productId,
        ...none,
        ...sold,
        recommendedLastAt: null,
        openedAt: null,
      };
      facts.set(name(fact), fact);
      return fact;
    };
    const person = visitors.find(({ id }) => id === visitorId)?.personId ?? null;
    const hers = visitors.filter(
      ({ id, personId }) => id === visitorId || (person !== null && personId === person),
    );
    const from = new Date(createdAt.getTime() - days * DAY_MS);
    const to = new Date((closedAt ?? new Date()).getTime() + days * DAY_MS);
    for (const her of hers) {
      let before = new Map<string, number>();
      for (const { type, occurredAt: at, productId, data, ...event } of events) {
        if (event.visitorId !== her.id || at < from || at > to) continue;
        if (type === "product_viewed" && productId !== null)
          of(productId).seenAt = first(of(productId).seenAt, at);
        if (type !== "cart_changed") continue;
        const pieces = piecesOf(data);
        for (const [id, quantity] of pieces)
          if (at >= createdAt && quantity > (before.get(id) ?? 0))
            of(id).cartedLastAt = last(of(id).cartedLastAt, at);
        before = pieces;
      }
      for (const { status, placedAt, lines, ...order } of orders) {
        if (order.visitorId !== her.id || placedAt < createdAt || placedAt > to) continue;
        for (const { productId, quantity, refundedQuantity } of lines) {
          if (productId === null) continue;
          const fact = of(productId);
          if (status === "cancelled" || refundedQuantity > 0) fact.returned = true;
          if (status !== "cancelled" && quantity > refundedQuantity)
            fact.boughtLastAt = last(fact.boughtLastAt, placedAt);
        }
      }
    }
    const inside = events.filter(
      (event) => event.conversationId === conversationId && event.occurredAt >= createdAt,
    );
    for (const { type, occurredAt: at, productId, source, ...event } of inside) {
      if (source !== "server" || productId === null) continue;
      if (type === "item_shown") {
        const { shownAt, recommendedAt } = of(productId);
        if (shownAt === null && recommendedAt === null) of(productId).asked = event.visitorId !== null;
        of(productId).shownAt = first(shownAt, at);
      }
      if (type === "mark_drawn") of(productId).drawnAt = first(of(productId).drawnAt, at);
      if (type === "product_recommended") {
        of(productId).recommendedAt = first(of(productId).recommendedAt, at);
        of(productId).recommendedLastAt = last(of(productId).recommendedLastAt, at);
      }
    }
    for (const { type, occurredAt: at, productId } of inside) {
      if (type !== "card_opened" || productId === null) continue;
      const fact = facts.get(name({ conversationId, productId }));
      if (fact !== undefined && fact.recommendedAt !== null && fact.recommendedAt <= at)
        fact.openedAt = first(fact.openedAt, at);
    }
  }
  return [...facts.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** By conversation, the last page that its customer's browser told of within a day before it (IN230). */
export async function walkStarts(shopId: string): Promise<Record<string, string>> {
  const db = getDb();
  const conversations = await db.conversation.findMany({ where: { shopId } });
  const pages = await db.event.findMany({
    where: { shopId, type: "page_viewed" },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  return Object.fromEntries(
    conversations.map(({ id, visitorId, createdAt }) => {
      const last = pages.findLast(
        ({ occurredAt: at, ...page }) =>
          page.visitorId === visitorId && at <= createdAt && at.getTime() > createdAt.getTime() - DAY_MS,
      );
      const { url } = (last?.data ?? { url: "" }) as { url: string };
      return [id, url.split("?")[0] ?? ""];
    }),
  );
}

export const afterWhich = ({ orderId, conversationId, stands, pieces }: CountedOrder) =>
  `${orderId} ${conversationId} ${stands} ${pieces}`;

/** All orders by id, as `afterWhich` says them. */
export async function walkOrders(shopId: string): Promise<string[]> {
  const db = getDb();
  const where = { shopId };
  const visitors = await db.visitor.findMany({ where });
  const taken = await db.conversation.findMany({
    where: { shopId, acceptedAt: { not: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const who = (visitorId: string | null) =>
    visitors.find(({ id }) => id === visitorId)?.personId ?? visitorId;
  const orders = await db.order.findMany({ where, include: { lines: true }, orderBy: { id: "asc" } });
  return orders.map(({ id, visitorId, placedAt, status, lines }) => {
    const before = taken.filter((c) => who(c.visitorId) === who(visitorId) && c.createdAt <= placedAt);
    const pieces = lines.reduce((sum, line) => sum + line.quantity - line.refundedQuantity, 0);
    const conversationId = visitorId === null ? null : (before.at(-1)?.id ?? null);
    return `${id} ${conversationId} ${status !== "cancelled" && pieces > 0} ${pieces}`;
  });
}
