/** Our sync server as an installation runs it: tokens, rights, journal, chat, events in a real database, and metrics. */
import { createChatStore } from "@/lib/conversations/chat-store";
import { provideDeskFeed } from "@/lib/conversations/desk-feed";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { authorize, conversationControl } from "@/lib/conversations/room-ports";
import { resolve } from "@/lib/conversations/room-resolve";
import { connect, provideDb } from "@/lib/db/client";
import { recordEvents } from "@/lib/insights/record";
import { configSlot } from "@/lib/protocol/config-slot";
import { deskPort } from "@/lib/protocol/desk-port";
import { openMergePool } from "@/lib/runtime/merge-pool";
import { createMetrics } from "@/lib/runtime/metrics";
import { openNodes } from "@/lib/sync/nodes/nodes";
import { createSyncServer, type SyncServer } from "@/lib/sync/server/create-sync-server";
import type { SyncPorts } from "@/lib/sync/server/ports";
import { serve } from "../serve";

/** The memory figures wait for rooms to be freed; half a minute each would tell nothing more. */
const LINGER_MS = 500;

const [url = "", secret = "", redisUrl = ""] = process.argv.slice(2);
provideDb(connect(url).db);
configSlot.provide({ publicUrl: "http://127.0.0.1", dataDir: "", secret, version: "0.0.0", embedded: false });
provideDeskFeed();
const warn: NonNullable<SyncPorts["log"]> = (level, message, detail) => {
  if (level !== "info") process.stderr.write(`${level} ${message} ${JSON.stringify(detail)}\n`);
};
const nodes = redisUrl === "" ? null : await openNodes({ url: redisUrl, secret, desks: () => [], log: warn });

const sync: SyncServer = createSyncServer(
  {
    authorize,
    journal: createPanelJournal(),
    chat: createChatStore(),
    resolve,
    control: conversationControl,
    recordEvents: (events) =>
      recordEvents(events.map(({ at, ...fact }) => ({ ...fact, occurredAt: new Date(at) }))),
    conversationChanged: (shopId, conversationId) =>
      deskPort.find()?.conversationChanged(shopId, conversationId),
    log: warn,
    merge: openMergePool().merge,
    meters: createMetrics(null, () => ({
      ...sync.figures(),
      nodesConnected: false,
      mirror: { mirrors: 0, viewers: 0, connections: 0, unsentBytes: 0, queuedBytes: 0 },
    })).meters,
    ...(nodes === null ? {} : { fanout: nodes }),
  },
  { lingerMs: LINGER_MS },
);
serve({ handleUpgrade: sync.handleUpgrade, rooms: () => sync.figures().rooms });
