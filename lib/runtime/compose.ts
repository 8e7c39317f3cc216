/** The composition root of everything that is not HTTP: which adapter stands behind which port. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { createChatStore } from "@/lib/conversations/chat-store";
import { provideDeskFeed } from "@/lib/conversations/desk-feed";
import { deleteOldHistory } from "@/lib/conversations/panel-history";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { authorize, conversationControl } from "@/lib/conversations/room-ports";
import { resolve } from "@/lib/conversations/room-resolve";
import { recordEvents } from "@/lib/insights/record";
import { deskPort } from "@/lib/protocol/desk-port";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { healthSlot } from "@/lib/protocol/health-slot";
import { metricsSlot } from "@/lib/protocol/metrics-slot";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { createSyncServer, type SyncServer } from "@/lib/sync/server/create-sync-server";
import type { RoomEvent } from "@/lib/sync/server/ports";
import { loadHealth } from "./health";
import type { Log } from "./log";
import { createMetrics } from "./metrics";

export interface Composition {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends everybody home, and stores what is on its way. */
  close(): Promise<void>;
}

/** The database and the picture store must be open. */
export function compose(log: Log, metricsToken: string | null): Composition {
  faultsSlot.provide((error) => log.error({ err: error }, "unexpected failure"));
  healthSlot.provide(loadHealth);
  provideDeskFeed();
  const metrics = createMetrics(metricsToken, () => sync.figures());
  metricsSlot.provide(metrics);
  const sync: SyncServer = createSyncServer({
    authorize,
    journal: createPanelJournal(),
    chat: createChatStore(),
    resolve,
    control: conversationControl,
    recordEvents: recordRoomEvents,
    meters: metrics.meters,
    conversationChanged: (shopId, conversationId) =>
      deskPort.find()?.conversationChanged(shopId, conversationId),
    log: (level, message, detail) => log[level]({ ...detail }, message),
  });
  roomsSlot.provide(sync.roomsPort);
  deleteOldHistory(new Date()).catch((error) => log.error({ err: error }, "old history was not deleted"));
  return { handleUpgrade: sync.handleUpgrade, close: sync.close };
}

/** Rooms count in milliseconds, the event table in dates. */
async function recordRoomEvents(events: readonly RoomEvent[]): Promise<void> {
  await recordEvents(events.map(({ at, ...fact }) => ({ ...fact, occurredAt: new Date(at) })));
}
