/**
 * One sync node on real storage, for tests with several of them: in the test's own process, or (node-process.ts) in one
 * of its own, to be killed. A token is the participant's claims in base64.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createChatStore } from "@/lib/conversations/chat-store";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { getDb } from "@/lib/db/client";
import { type ConversationId, participantIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { type Nodes, openNodes } from "@/lib/sync/nodes/nodes";
import { createSyncServer, type SyncServer } from "@/lib/sync/server/create-sync-server";
import type { SyncOptions } from "@/lib/sync/server/options";
import type { Claims, ConversationState, Journal, RoomEvent } from "@/lib/sync/server/ports";
import { withItem } from "./with-item";

/** All nodes of a test are of one installation. */
const SECRET = "a secret that all nodes of one installation share";

export interface NodeSettings {
  /** Null: a node that knows of no other. */
  readonly redisUrl: string | null;
  /** 0 takes any. */
  readonly port: number;
  readonly options?: Partial<SyncOptions>;
  readonly journal?: Journal;
}

export interface TestNode {
  readonly baseUrl: string;
  readonly sync: SyncServer;
  readonly nodes: Nodes | null;
  readonly events: RoomEvent[];
  readonly logged: string[];
  /** As SIGTERM does it. */
  close(): Promise<void>;
}

export const tokenOf = (claims: Claims): string => Buffer.from(JSON.stringify(claims)).toString("base64url");

export async function startNode(settings: NodeSettings): Promise<TestNode> {
  const events: RoomEvent[] = [];
  const logged: string[] = [];
  const log = (level: string, message: string, detail?: unknown) => {
    logged.push(`${level} ${message} ${JSON.stringify(detail)}`);
  };
  const nodes = settings.redisUrl
    ? await openNodes({ url: settings.redisUrl, secret: SECRET, desks: () => [], log })
    : null;
  const sync = createSyncServer(
    {
      journal: withItem(settings.journal ?? createPanelJournal()),
      chat: createChatStore(),
      authorize: {
        async admit(_conversationId, token) {
          const claims = JSON.parse(Buffer.from(token, "base64url").toString()) as Claims;
          return { kind: "admitted", claims, expiresAt: Date.now() + 600_000 };
        },
        findConversation,
      },
      resolve: {
        findProductPicture: async () => null,
        findConversationAsset: async () => null,
        findProductCard: async () => null,
      },
      control: {
        async setDrawingLocked(conversationId, drawingLocked) {
          await getDb().conversation.update({ where: { id: conversationId }, data: { drawingLocked } });
          await sync.roomsPort.roomChanged(conversationId);
        },
        end: async () => undefined,
      },
      recordEvents: async (batch) => void events.push(...batch),
      ...(nodes ? { fanout: nodes } : {}),
      log,
    },
    settings.options,
  );
  const http = createServer();
  http.on("upgrade", (request, socket, head) => sync.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => http.listen(settings.port, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    sync,
    nodes,
    events,
    logged,
    async close() {
      http.close();
      await sync.close();
      await nodes?.close();
    },
  };
}

async function findConversation(conversationId: ConversationId): Promise<ConversationState | null> {
  const row = await getDb().conversation.findUnique({
    where: { id: conversationId },
    include: { participants: { orderBy: { createdAt: "asc" } } },
  });
  if (row === null) return null;
  return {
    conversationId,
    shopId: shopIdSchema.parse(row.shopId),
    status: row.status === "closed" ? "closed" : "open",
    drawingLocked: row.drawingLocked,
    participants: row.participants.map(({ id, role, name, color }) => ({
      participantId: participantIdSchema.parse(id),
      role: role === "agent" ? ("agent" as const) : ("customer" as const),
      name,
      color,
    })),
    mirror: { allowed: false, phase: "idle", proposedBy: null },
  };
}
