/** A relay on a free port, on a real database: a conversation with its customer, two agents, a supervisor, and a companion. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { signRoomToken } from "@/lib/auth/tokens";
import { mirrorStore } from "@/lib/conversations/mirror-store";
import { authorize } from "@/lib/conversations/room-ports";
import { createMirrorRelay, type MirrorRelay } from "@/lib/mirror/relay/create-mirror-relay";
import type { MirrorOptions } from "@/lib/mirror/relay/options";
import type { MirrorPorts } from "@/lib/mirror/relay/ports";
import {
  type ConversationId,
  conversationIdSchema,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
  visitorIdSchema,
} from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import type { MemberRole, ParticipantRole } from "@/lib/protocol/roles";
import type { Claims } from "@/lib/sync/server/ports";
import type { TestDatabase } from "@/tests/support/database";
import { MirrorClient } from "./mirror-client";

export type Who = "customer" | "anna" | "ben" | "sofia" | "companion";

export interface MirrorWorld {
  readonly database: TestDatabase;
  readonly conversationId: ConversationId;
  readonly people: Readonly<Record<Who, Claims>>;
  readonly relay: MirrorRelay;
  /** Conversations whose phase changed. */
  readonly changed: ConversationId[];
  readonly logged: string[];
  readonly refused: string[];
  /** Milliseconds that the relay's clock runs ahead. */
  ahead: number;
  token(who: Who, lifetimeSeconds?: number): Promise<string>;
  /** @param path instead of the conversation's own */
  address(token: string, path?: string): string;
  /** @param port of a line to the world, instead of its own */
  open(who: Who, port?: number): Promise<MirrorClient>;
  /** The customer, who shares and has sent the whole of her page. */
  share(page: string): Promise<MirrorClient>;
  /** One of the shop's people, who watches. */
  watch(who: Exclude<Who, "customer" | "companion">): Promise<MirrorClient>;
  /** Takes who comes in by a door of the test's own. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The relay ends, as a server that is stopped; the clients learn of it. */
  stop(): Promise<void>;
  /** A relay that knows only what is stored, on the same port. */
  start(): void;
  close(): Promise<void>;
}

/** @param database `openTestDatabase` of the test file */
export async function startMirrorWorld(
  database: TestDatabase,
  options: Partial<MirrorOptions> = {},
): Promise<MirrorWorld> {
  const place = await insertPeople(database);
  const logged: string[] = [];
  const refused: string[] = [];
  const changed: ConversationId[] = [];
  const clients: MirrorClient[] = [];
  const ports: MirrorPorts = {
    authorize,
    store: mirrorStore,
    changed: (conversationId) => void changed.push(conversationId),
    meters: {
      frameIn: () => undefined,
      frameOut: () => undefined,
      closed: () => undefined,
      refused: (reason) => void refused.push(reason),
    },
    log: (level, message, detail) => void logged.push(`${level} ${message} ${JSON.stringify(detail)}`),
  };
  const start = () =>
    createMirrorRelay(ports, { now: () => Date.now() + world.ahead, closeWithinMs: 200, ...options });
  const http = createServer();
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const { port } = http.address() as AddressInfo;
  let relay: MirrorRelay | null = null;
  const world: MirrorWorld = {
    database,
    ...place,
    changed,
    logged,
    refused,
    ahead: 0,
    get relay() {
      if (relay === null) throw new Error("the relay is stopped");
      return relay;
    },
    token: (who, lifetimeSeconds) => signRoomToken(place.people[who], lifetimeSeconds),
    address: (token, path = place.conversationId) =>
      `ws://127.0.0.1:${port}${MIRROR_PATH}/${path}?token=${encodeURIComponent(token)}`,
    async open(who, lineTo) {
      const address = new URL(world.address(await world.token(who)));
      if (lineTo !== undefined) address.port = String(lineTo);
      const client = await MirrorClient.open(address.href);
      clients.push(client);
      return client;
    },
    async share(page) {
      const customer = await world.open("customer");
      await customer.asked({ type: "share", resume: null });
      customer.send("full", 1, 0, page);
      await customer.settle();
      return customer;
    },
    async watch(who) {
      const client = await world.open(who);
      await client.asked({ type: "watch" });
      return client;
    },
    handleUpgrade(request, socket, head) {
      if (relay) relay.handleUpgrade(request, socket, head);
      else socket.destroy();
    },
    async stop() {
      await relay?.close();
      relay = null;
    },
    start() {
      relay = start();
    },
    async close() {
      for (const client of clients) client.socket.terminate();
      await world.stop();
      await new Promise((closed) => http.close(closed));
    },
  };
  http.on("upgrade", world.handleUpgrade);
  world.start();
  return world;
}

async function insertPeople({ db }: TestDatabase) {
  const shop = await db.shop.create({
    data: { key: crypto.randomUUID(), name: "Test shop", mirrorMode: "on" },
  });
  const shopId = shopIdSchema.parse(shop.id);
  const visitor = await db.visitor.create({ data: { shopId } });
  const row = await db.conversation.create({ data: { shopId, visitorId: visitor.id, status: "open" } });
  const conversationId = conversationIdSchema.parse(row.id);
  const add = async (role: ParticipantRole, name: string, who: Pick<Claims, "memberId" | "visitorId">) => {
    const { id } = await db.participant.create({
      data: {
        conversationId,
        role,
        name,
        color: 3,
        memberId: who.memberId ?? null,
        visitorId: who.visitorId ?? null,
      },
    });
    return {
      conversationId,
      shopId,
      participantId: participantIdSchema.parse(id),
      role,
      name,
      color: 3,
      ...who,
    };
  };
  const addMember = async (role: ParticipantRole, name: string, memberRole: MemberRole) => {
    const user = await db.user.create({ data: { name, email: `${crypto.randomUUID()}@example.test` } });
    const { id } = await db.member.create({ data: { shopId, userId: user.id, role: memberRole } });
    return add(role, name, { memberId: memberIdSchema.parse(id) });
  };
  const people: Readonly<Record<Who, Claims>> = {
    customer: await add("customer", "Guest 7", { visitorId: visitorIdSchema.parse(visitor.id) }),
    anna: await addMember("agent", "Anna", "agent"),
    ben: await addMember("agent", "Ben", "senior"),
    sofia: await addMember("supervisor", "Sofia", "manager"),
    companion: await add("companion", "Tom (with Guest 7)", {
      visitorId: visitorIdSchema.parse((await db.visitor.create({ data: { shopId } })).id),
    }),
  };
  return { conversationId, people };
}
