/** The composition root of everything that is not HTTP: which adapter stands behind which port. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { basketControl } from "@/lib/conversations/basket/room-basket";
import { toldCarts } from "@/lib/conversations/basket/told-carts";
import { createChatStore } from "@/lib/conversations/chat-store";
import { provideDeskFeed } from "@/lib/conversations/desk-feed";
import { mirrorStore } from "@/lib/conversations/mirror-store";
import { deleteOldHistory } from "@/lib/conversations/panel-history";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { authorize, conversationControl } from "@/lib/conversations/room-ports";
import { resolve } from "@/lib/conversations/room-resolve";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { outsideSlot } from "@/lib/http/outside/outside";
import { deleteOldInboundDeliveries } from "@/lib/insights/orders/delete-old-deliveries";
import { recordEvents } from "@/lib/insights/record";
import { dryRunSlot } from "@/lib/mirror/dry-run/dry-run-slot";
import { openDryRuns } from "@/lib/mirror/dry-run/open-dry-run";
import { createMirrorRelay, type MirrorRelay } from "@/lib/mirror/relay/create-mirror-relay";
import { cartPort } from "@/lib/protocol/cart-port";
import { deskPort } from "@/lib/protocol/desk-port";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { healthSlot } from "@/lib/protocol/health-slot";
import { metricsSlot } from "@/lib/protocol/metrics-slot";
import { roomsSlot } from "@/lib/protocol/rooms-port";
import { createSyncServer, type SyncServer } from "@/lib/sync/server/create-sync-server";
import type { RoomEvent } from "@/lib/sync/server/ports";
import { deleteOldDeliveries } from "@/lib/webhooks/delete-old";
import { connectNodes } from "./connect-nodes";
import type { Env } from "./env";
import { loadHealth } from "./health";
import type { Log } from "./log";
import { openMergePool } from "./merge-pool";
import { createMetrics, type Metrics } from "./metrics";
import { tellMirrors, withMirrors } from "./mirror-rooms";
import { openMediaTools } from "./open-media-tools";

/** How often history that has grown too old is looked for, milliseconds: a day. */
const DELETE_HISTORY_EVERY_MS = 86_400_000;

export interface Composition {
  readonly metrics: Metrics;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  handleMirrorUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends everybody home, and stores what is on its way. */
  close(): Promise<void>;
}

/** The database and the picture store must be open. @throws StartProblem when Redis is set and cannot be reached */
export async function compose(
  log: Log,
  env: Pick<Env, "metricsToken" | "redisUrl" | "clamd" | "ffmpeg">,
): Promise<Composition> {
  faultsSlot.provide((error) => log.error({ err: error }, "unexpected failure"));
  provideDeskFeed();
  cartPort.provide(toldCarts);
  const closeMediaTools = await openMediaTools(log, env);
  const dryRuns = openDryRuns({
    allowed: outsideSlot.find()?.allowed ?? readAllowedPlaces(""),
    variables: process.env,
    onFault: (error) => log.error({ err: error }, "a dry run failed"),
  });
  dryRunSlot.provide(dryRuns.run);
  const merging = openMergePool();
  const nodes = env.redisUrl === null ? null : await connectNodes(env.redisUrl, log);
  healthSlot.provide(() => loadHealth(nodes === null ? null : nodes.isConnected()));
  const metrics = createMetrics(env.metricsToken, () => ({
    ...sync.figures(),
    nodesConnected: nodes?.isConnected() ?? false,
    mirror: mirrors.figures(),
  }));
  metricsSlot.provide(metrics);
  const sync: SyncServer = createSyncServer({
    authorize,
    journal: createPanelJournal(),
    chat: createChatStore(),
    resolve,
    control: conversationControl,
    basket: basketControl,
    recordEvents: recordRoomEvents,
    merge: merging.merge,
    meters: metrics.meters,
    conversationChanged: (shopId, conversationId) =>
      deskPort.find()?.conversationChanged(shopId, conversationId),
    log: (level, message, detail) => log[level]({ ...detail }, message),
    ...(nodes === null ? {} : { fanout: nodes }),
  });
  const mirrors: MirrorRelay = createMirrorRelay({
    authorize,
    store: mirrorStore,
    // Past the mirrors: it is they who changed.
    changed: (conversationId) => {
      sync.roomsPort.roomChanged(conversationId).catch((error: unknown) => faultsSlot.find()?.(error));
    },
    meters: metrics.mirrorMeters,
    log: (level, message, detail) => log[level]({ ...detail }, message),
  });
  nodes?.onNotice((notice) => tellMirrors(mirrors, notice));
  roomsSlot.provide(withMirrors(sync.roomsPort, mirrors));
  const deleteHistory = () => {
    const now = new Date();
    Promise.all([deleteOldHistory(now), deleteOldDeliveries(now), deleteOldInboundDeliveries(now)]).catch(
      (error) => log.error({ err: error }, "old history was not deleted"),
    );
  };
  deleteHistory();
  const daily = setInterval(deleteHistory, DELETE_HISTORY_EVERY_MS);
  return {
    metrics,
    handleUpgrade: sync.handleUpgrade,
    handleMirrorUpgrade: mirrors.handleUpgrade,
    async close() {
      clearInterval(daily);
      await Promise.all([mirrors.close(), sync.close()]);
      await nodes?.close();
      await dryRuns.close();
      await merging.close();
      await closeMediaTools();
    },
  };
}

/** Rooms count in milliseconds, the event table in dates. */
async function recordRoomEvents(events: readonly RoomEvent[]): Promise<void> {
  await recordEvents(events.map(({ at, ...fact }) => ({ ...fact, occurredAt: new Date(at) })));
}
