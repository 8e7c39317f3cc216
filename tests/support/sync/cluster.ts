/** Several sync nodes of one installation, on a real PostgreSQL and a real Redis, and people who join through any of them. */
import WebSocket from "ws";
import { Doc } from "yjs";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { ParticipantRole } from "@/lib/protocol/roles";
import { openRoom } from "@/lib/sync/client/open-room";
import type { Room } from "@/lib/sync/client/room";
import { applyStored } from "@/lib/sync/server/stored-panel";
import { openTestDatabase } from "@/tests/support/database";
import { type RedisServer, startRedis } from "@/tests/support/redis";
import { openTcpProxy, type TcpProxy } from "@/tests/support/tcp-proxy";
import { insertConversation } from "./conversation-row";
import { type NodeSettings, startNode, type TestNode, tokenOf } from "./node";
import { withItem } from "./with-item";

export interface ClusterNode extends TestNode {
  /** Its line to Redis. */
  readonly line: TcpProxy;
}

export interface Cluster {
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly place: Awaited<ReturnType<typeof insertConversation>>;
  start(settings?: Pick<NodeSettings, "options" | "journal">): Promise<ClusterNode>;
  /** @param where asked at every connection: the base address of a node */
  open(participantId: ParticipantId, role: ParticipantRole, where: () => string): Room;
  /** The websocket's address at a node. */
  address(node: { readonly baseUrl: string }, participantId: ParticipantId, role: ParticipantRole): string;
  /** Breaks the connections that this room's client has. */
  drop(room: Room): void;
  /** The panel as the database has it. */
  stored(): Promise<Doc>;
  /** Whom the journal names as the author of the update that drew a mark; undefined when none did. */
  authorOf(mark: string): Promise<string | null | undefined>;
  close(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const database = await openTestDatabase("postgres");
  const redis = await startRedis();
  const place = await insertConversation(database.db);
  const nodes: ClusterNode[] = [];
  const rooms = new Map<Room, Set<WebSocket>>();
  const claims = (participantId: ParticipantId, role: ParticipantRole) => ({
    conversationId: place.conversationId,
    shopId: place.shopId,
    participantId,
    role,
    name: role,
    color: 0,
  });
  const journal = withItem(createPanelJournal());
  return {
    redis,
    databaseUrl: database.url,
    place,
    async start(settings = {}) {
      const line = await openTcpProxy(redis.port);
      const redisUrl = `redis://127.0.0.1:${line.port}`;
      const node = { ...(await startNode({ redisUrl, port: 0, ...settings })), line };
      nodes.push(node);
      return node;
    },
    open(participantId, role, where) {
      const sockets = new Set<WebSocket>();
      const room = openRoom({
        // Behind a balancer: every connection may reach another node.
        baseUrl: "http://balancer",
        conversationId: place.conversationId,
        getToken: async () => tokenOf(claims(participantId, role)),
        createWebSocket: (url) => {
          const socket = new WebSocket(url.replace("ws://balancer", where().replace("http", "ws")));
          sockets.add(socket);
          socket.on("close", () => sockets.delete(socket));
          return socket as unknown as globalThis.WebSocket;
        },
      });
      rooms.set(room, sockets);
      return room;
    },
    address: ({ baseUrl }, participantId, role) => {
      const token = tokenOf(claims(participantId, role));
      return `${baseUrl.replace("http", "ws")}/sync/${place.conversationId}?token=${token}`;
    },
    drop(room) {
      for (const socket of rooms.get(room) ?? []) socket.terminate();
    },
    async stored() {
      const doc = new Doc();
      applyStored(doc, await journal.load(place.conversationId));
      return doc;
    },
    async authorOf(mark) {
      const { conversationId } = place;
      const rows = await database.db.panelUpdate.findMany({ where: { conversationId } });
      return rows.find(({ update }) => Buffer.from(update).includes(mark))?.participantId;
    },
    async close() {
      for (const room of rooms.keys()) room.close();
      for (const node of nodes) {
        await node.close();
        await node.line.close();
      }
      await redis.close();
      await database.close();
    },
  };
}
