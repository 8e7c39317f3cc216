/** Rooms to draw in: for our server conversations with participants, tokens and a picture; for the others mere names. */
import { randomUUID } from "node:crypto";
import * as Y from "yjs";
import { signRoomToken } from "@/lib/auth/tokens";
import type { PrismaClient } from "@/lib/db/client";
import { putItem } from "@/lib/panel/commands";
import { sampleItem } from "@/lib/panel/samples";
import { conversationIdSchema, participantIdSchema, shopIdSchema, visitorIdSchema } from "@/lib/protocol/ids";
import { SYNC_PATH } from "@/lib/protocol/wire";

export interface Seat {
  /** Path and query of the websocket's address where the room is part of it. */
  readonly path: string;
  readonly participantId: string;
}

export interface BenchRoom {
  readonly name: string;
  readonly seats: readonly Seat[];
}

export type MakeRooms = (count: number, seats: number) => Promise<readonly BenchRoom[]>;

/** On every room's panel. */
export const item = sampleItem();

export const namedRooms: MakeRooms = async (count, seats) =>
  Array.from({ length: count }, () => {
    const name = randomUUID();
    return {
      name,
      seats: Array.from({ length: seats }, () => ({ path: `/${name}`, participantId: randomUUID() })),
    };
  });

/** One customer a room, the others are agents. Tokens live five minutes: make rooms right before they are used. */
export async function conversationRooms(
  db: PrismaClient,
  count: number,
  seats: number,
): Promise<readonly BenchRoom[]> {
  const shop = await db.shop.create({ data: { key: randomUUID(), name: "Bench shop" } });
  const shopId = shopIdSchema.parse(shop.id);
  const made = Array.from({ length: count }, () => ({
    conversationId: conversationIdSchema.parse(randomUUID()),
    visitorId: visitorIdSchema.parse(randomUUID()),
    people: Array.from({ length: seats }, (_, seat) => ({
      participantId: participantIdSchema.parse(randomUUID()),
      role: seat === 1 ? ("customer" as const) : ("agent" as const),
      name: `Person ${seat}`,
      color: seat % 8,
    })),
  }));
  await db.visitor.createMany({ data: made.map(({ visitorId }) => ({ id: visitorId, shopId })) });
  await db.conversation.createMany({
    data: made.map(({ conversationId, visitorId }) => ({
      id: conversationId,
      shopId,
      visitorId,
      status: "open",
    })),
  });
  await db.participant.createMany({
    data: made.flatMap(({ conversationId, visitorId, people }) =>
      people.map(({ participantId, ...person }) => ({
        id: participantId,
        conversationId,
        ...person,
        visitorId: person.role === "customer" ? visitorId : null,
      })),
    ),
  });
  const update = new Uint8Array(panelWithItem());
  await db.panelUpdate.createMany({ data: made.map(({ conversationId }) => ({ conversationId, update })) });
  return Promise.all(
    made.map(async ({ conversationId, visitorId, people }) => ({
      name: conversationId,
      seats: await Promise.all(
        people.map(async (person) => {
          const who = person.role === "customer" ? { visitorId } : {};
          const token = await signRoomToken({ conversationId, shopId, ...person, ...who });
          return {
            path: `${SYNC_PATH}/${conversationId}?token=${token}`,
            participantId: person.participantId,
          };
        }),
      ),
    })),
  );
}

function panelWithItem(): Uint8Array {
  const doc = new Y.Doc();
  putItem(doc, { name: "bench" }, item);
  return Y.encodeStateAsUpdate(doc);
}
