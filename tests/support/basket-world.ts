/** A shop with a catalogue, an open conversation in it, and real rooms over a real database: what the basket needs. */
import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { signRoomToken } from "@/lib/auth/tokens";
import { writeProduct } from "@/lib/catalogue/write-product";
import { toldCarts } from "@/lib/conversations/basket/told-carts";
import { openConversation } from "@/lib/conversations/open-conversation";
import { parseParticipant } from "@/lib/conversations/participant-row";
import { ingestBatch } from "@/lib/insights/ingest";
import { cartPort } from "@/lib/protocol/cart-port";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import {
  type MemberId,
  memberIdSchema,
  type ProductId,
  productIdSchema,
  type VisitorId,
} from "@/lib/protocol/ids";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { openRoom } from "@/lib/sync/client/open-room";
import { randomId } from "@/lib/sync/client/random-id";
import type { Room } from "@/lib/sync/client/room";
import { testProduct, testVariant } from "./catalogue";
import { type Engine, openTestDatabase } from "./database";
import { createShop, createVisitor } from "./shop-people";
import { startRealServer } from "./sync/real-server";
import { until } from "./sync/until";

export type BasketWorld = Awaited<ReturnType<typeof startBasketWorld>>;
export type BasketTalk = Awaited<ReturnType<BasketWorld["talk"]>>;

export async function startBasketWorld(engine: Engine) {
  const database = await openTestDatabase(engine);
  const server = await startRealServer();
  const faults: unknown[] = [];
  roomsSlot.provide(server.roomsPort);
  cartPort.provide(toldCarts);
  faultsSlot.provide((error) => faults.push(error));
  const shopId = await createShop();
  const other = await createShop();
  const rooms = new Set<Room>();

  /** A dress in two sizes at 89 EUR, and one size that is sold out. */
  async function dress(
    shop = shopId,
  ): Promise<{ productId: ProductId; ids: readonly [string, string, string] }> {
    const base = `dress-${randomUUID().slice(0, 8)}`;
    const ids = [`${base}-s`, `${base}-m`, `${base}-l`] as const;
    const variants = ids.map((id, index) =>
      testVariant(id, {
        size: ["S", "M", "L"][index] ?? "",
        priceMinor: 8_900,
        availability: index === 2 ? "out_of_stock" : "in_stock",
      }),
    );
    await writeProduct(shop, testProduct(base, { title: "Linen dress", variants }));
    const row = await database.db.product.findFirstOrThrow({ where: { shopId: shop, externalId: base } });
    return { productId: productIdSchema.parse(row.id), ids };
  }

  /** An open conversation: the agent's room and as many tabs of the customer as wanted. */
  async function talk() {
    const visitor = await createVisitor(shopId);
    const { visitorId } = visitor;
    const { conversationId } = await openConversation(visitor, "en");
    await database.db.conversation.update({ where: { id: conversationId }, data: { status: "open" } });
    /** One of the shop's people, as rows: signing in is another story. */
    const member = async (role: "agent" | "supervisor") => {
      const user = { name: "Anna", email: `${randomUUID()}@example.test` };
      const row = await database.db.member.create({
        data: { shop: { connect: { id: shopId } }, user: { create: user }, role: "manager" },
      });
      const memberId = memberIdSchema.parse(row.id);
      await database.db.participant.create({
        data: { conversationId, memberId, role, name: "Anna", color: 1 },
      });
      return enter({ memberId });
    };
    const enter = async (who: { memberId: MemberId } | { visitorId: VisitorId }) => {
      const row = await database.db.participant.findFirstOrThrow({ where: { conversationId, ...who } });
      const person = { ...parseParticipant(row), ...who };
      const room = openRoom({
        baseUrl: server.baseUrl,
        conversationId,
        getToken: () => signRoomToken({ conversationId, shopId, ...person }),
        createWebSocket: (url) => new WebSocket(url) as unknown as globalThis.WebSocket,
      });
      rooms.add(room);
      await until("somebody is in", () => room.getSnapshot().connection === "online");
      return room;
    };
    return {
      conversationId,
      visitorId,
      anna: await member("agent"),
      bea: await enter({ visitorId }),
      watcher: () => member("supervisor"),
      /** Another of her tabs. */
      tab: () => enter({ visitorId }),
      /** Her page tells a cart. */
      tellCart: (lines: readonly { id: string; quantity: number }[]) =>
        ingestBatch({
          shopId,
          visitorId,
          events: [
            {
              id: randomUUID(),
              at: Date.now(),
              type: "cart_changed",
              currency: "EUR",
              lines: lines.map((line) => ({ ...line, unitMinor: 8_900 })),
            },
          ],
          receivedAt: new Date(),
        }),
    };
  }

  return {
    database,
    db: database.db,
    faults,
    shopId,
    other,
    dress,
    talk,
    async close() {
      for (const room of rooms) room.close();
      await server.close();
      await database.close();
    },
  };
}

export const linesOf = (room: Room) => room.getSnapshot().basket.lines;
export const statesOf = (room: Room) => linesOf(room).map(({ state }) => state);
export const noticesOf = (room: Room) =>
  room.getSnapshot().messages.flatMap(({ body }) => (body.kind === "notice" ? [body] : []));
export const proposalsOf = (room: Room) =>
  room.getSnapshot().messages.flatMap(({ body }) => (body.kind === "basket" ? [body] : []));

/** As an agent's desk asks for it. */
export const propose = (room: Room, productId: ProductId, externalId: string, quantity = 1) =>
  room.request({ type: "basket-propose", productId, externalId, quantity, text: "" });

/** A yes to everything that waits, as her frame says it. @returns the attempt */
export async function sayYes(
  room: Room,
  over: { version?: number; quantity?: number } = {},
): Promise<string> {
  const attempt = randomId();
  const lines = linesOf(room)
    .filter(({ state }) => state === "proposed" || state === "unknown" || state === "refused")
    .map(({ lineId, version, quantity }) => ({ lineId, version, quantity, ...over }));
  await room.request({ type: "basket-confirm", attempt, lines });
  return attempt;
}

export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
