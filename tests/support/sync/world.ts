/** A sync server on a free port with in-memory ports, and people who join it through real y-websocket clients. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket from "ws";
import type { Doc } from "yjs";
import { AppError } from "@/lib/protocol/errors";
import {
  type AssetId,
  assetIdSchema,
  type ConversationId,
  conversationIdSchema,
  type MarkId,
  type MemberId,
  markIdSchema,
  memberIdSchema,
  type ProductId,
  participantIdSchema,
  productIdSchema,
  shopIdSchema,
  visitorIdSchema,
} from "@/lib/protocol/ids";
import type { ParticipantRole } from "@/lib/protocol/roles";
import { type OpenRoomOptions, openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { createSyncServer, type SyncServer } from "@/lib/sync/server/create-sync-server";
import type { SyncOptions } from "@/lib/sync/server/options";
import type {
  Claims,
  ConversationState,
  Journal,
  MergePanel,
  RoomEvent,
  StoredPanel,
  SyncPorts,
} from "@/lib/sync/server/ports";
import { MemoryChatStore } from "./memory-chat-store";
import { MemoryJournal } from "./memory-journal";
import { withItem } from "./with-item";

export interface World {
  readonly server: SyncServer;
  readonly journal: MemoryJournal;
  readonly chat: MemoryChatStore;
  readonly events: RoomEvent[];
  /** Faults, and whom the server ended for what she sent. */
  readonly logged: string[];
  readonly ended: string[];
  readonly baseUrl: string;
  readonly conversationId: ConversationId;
  readonly productId: ProductId;
  readonly assetId: AssetId;
  conversation: ConversationState;
  /** A token for a new participant (or `claims`) of this world's conversation. */
  token(claims: Claims, lifetimeMs?: number): string;
  claims(role: ParticipantRole, overrides?: Partial<Claims>): Claims;
  open(claims: Claims, overrides?: Partial<OpenRoomOptions>): Room;
  address(token: string, conversationId?: string): string;
  /** Refuses every connection and drops the present ones, as a dead network would; `plug` ends it. */
  unplug(): void;
  plug(): void;
  restart(): Promise<void>;
  /** Drops every connection and whatever is not stored, as kill -9 does, and starts anew. */
  crash(): Promise<void>;
  /** What the next load of the room would begin with. */
  stored(): Promise<StoredPanel>;
  close(): Promise<void>;
}

const id = <T>(schema: { parse(value: unknown): T }): T => schema.parse(randomUUID());

export function newMarkId(): MarkId {
  return markIdSchema.parse(randomUUID());
}

export interface WorldPlace {
  readonly conversationId?: ConversationId;
  /** Instead of the one in memory. */
  readonly journal?: Journal;
  readonly merge?: MergePanel;
  /** Without the item that otherwise lies on the panel. */
  readonly empty?: boolean;
}

export async function startWorld(options: Partial<SyncOptions> = {}, place: WorldPlace = {}): Promise<World> {
  const shopId = id(shopIdSchema);
  const conversationId = place.conversationId ?? id(conversationIdSchema);
  const productId = id(productIdSchema);
  const assetId = id(assetIdSchema);
  const journal = new MemoryJournal();
  const chat = new MemoryChatStore();
  const events: RoomEvent[] = [];
  const logged: string[] = [];
  const ended: string[] = [];
  const tokens = new Map<string, { claims: Claims; expiresAt: number }>();
  const rooms = new Set<Room>();
  const sockets = new Set<WebSocket>();
  let plugged = true;

  const ports: SyncPorts = {
    ...(place.merge ? { merge: place.merge } : {}),
    journal: place.empty ? (place.journal ?? journal) : withItem(place.journal ?? journal),
    chat,
    authorize: {
      async admit(wanted, token) {
        const known = tokens.get(token);
        if (!known || known.expiresAt <= Date.now() || known.claims.conversationId !== wanted) {
          return { kind: "refused", reason: "unauthorized" };
        }
        return { kind: "admitted", ...known };
      },
      findConversation: async (wanted) => (wanted === conversationId ? world.conversation : null),
    },
    resolve: {
      async findProductPicture(_shopId, wanted, pictureIndex) {
        if (wanted !== productId || pictureIndex !== 0) return null;
        return { source: "product", assetId, productId, width: 1_200, height: 1_600, title: "Linen dress" };
      },
      async findConversationAsset(_conversationId, wanted) {
        if (wanted !== assetId) return null;
        return { source: "asset", assetId, productId: null, width: 800, height: 600, title: "" };
      },
      async findProductCard(_shopId, wanted) {
        if (wanted !== productId) return null;
        return {
          productId,
          externalId: "dress-1",
          title: "Linen dress",
          url: "https://shop.example/dress",
          priceMinor: 8_900,
          saleMinor: null,
          currency: "EUR",
          available: true,
          pictureId: assetId,
          variants: [],
        };
      },
    },
    control: {
      async setDrawingLocked(_conversationId, drawingLocked) {
        world.conversation = { ...world.conversation, drawingLocked };
      },
      async end() {
        world.conversation = { ...world.conversation, status: "closed" };
      },
    },
    recordEvents: async (batch) => {
      events.push(...batch);
    },
    log: (level, message, detail) => {
      (level === "warn" ? ended : logged).push(`${level} ${message} ${JSON.stringify(detail)}`);
    },
  };

  const quick: Partial<SyncOptions> = {
    lingerMs: 200,
    leaveGraceMs: 100,
    factWindowMs: 100,
    retryBaseMs: 20,
  };
  let life: Life = { over: false };
  let sync = createSyncServer(mortal(ports, life), { ...quick, ...options });
  const http = createServer();
  http.on("upgrade", (request, socket, head) => {
    if (plugged) sync.handleUpgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const port = (http.address() as AddressInfo).port;

  const world: World = {
    get server() {
      return sync;
    },
    journal,
    chat,
    events,
    logged,
    ended,
    conversationId,
    productId,
    assetId,
    baseUrl: `http://127.0.0.1:${port}`,
    conversation: {
      conversationId,
      shopId,
      status: "open",
      drawingLocked: false,
      participants: [],
      mirror: { allowed: false, phase: "idle", proposedBy: null },
    },
    claims(role, overrides = {}) {
      const who: { memberId?: MemberId; visitorId?: Claims["visitorId"] } =
        role === "customer" || role === "companion"
          ? { visitorId: id(visitorIdSchema) }
          : { memberId: id(memberIdSchema) };
      const claims = {
        conversationId,
        shopId,
        participantId: id(participantIdSchema),
        role,
        name: role,
        color: 0,
        ...who,
        ...overrides,
      };
      const { participantId, name, color } = claims;
      const participants = [...world.conversation.participants, { participantId, role, name, color }];
      world.conversation = { ...world.conversation, participants };
      return claims;
    },
    token(claims, lifetimeMs = 300_000) {
      const token = randomUUID();
      tokens.set(token, { claims, expiresAt: Date.now() + lifetimeMs });
      return token;
    },
    open(claims, overrides = {}) {
      const room = openRoom({
        baseUrl: world.baseUrl,
        conversationId,
        getToken: async () => {
          if (world.conversation.status === "closed" && !plugged) throw new AppError("unavailable");
          return world.token(claims);
        },
        createWebSocket: (url) => {
          const socket = new WebSocket(url);
          sockets.add(socket);
          socket.on("close", () => sockets.delete(socket));
          return socket as unknown as globalThis.WebSocket;
        },
        ...overrides,
      });
      rooms.add(room);
      return room;
    },
    address: (token, wanted = conversationId) => `ws://127.0.0.1:${port}/sync/${wanted}?token=${token}`,
    unplug() {
      plugged = false;
      for (const socket of sockets) socket.terminate();
    },
    plug() {
      plugged = true;
    },
    async restart() {
      await sync.close();
      sync = createSyncServer(mortal(ports, life), { ...quick, ...options });
    },
    async crash() {
      world.unplug();
      life.over = true;
      await sync.close();
      life = { over: false };
      sync = createSyncServer(mortal(ports, life), { ...quick, ...options });
      world.plug();
    },
    stored: () => ports.journal.load(conversationId),
    async close() {
      for (const room of rooms) room.close();
      await sync.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return world;
}

interface Life {
  over: boolean;
}

/** A dead server's writes go nowhere. */
function mortal(ports: SyncPorts, life: Life): SyncPorts {
  const { journal } = ports;
  return {
    ...ports,
    journal: {
      load: journal.load.bind(journal),
      append: async (batch) => (life.over ? undefined : journal.append(batch)),
      compact: async (conversationId, merge) =>
        life.over ? undefined : journal.compact(conversationId, merge),
    },
  };
}

/** Ids of the marks in a document, sorted. */
export function markIds(doc: Doc): string[] {
  return [...doc.getMap("marks").keys()].sort();
}
