/**
 * The product in one process: HTTP and Next's pages, the sync server's sockets, the database behind them; or, where the
 * work is split (ROLES), a part of it.
 * Opens everything in order, hands back one `close`. Knows no command line and never ends the process itself.
 */
import { openUploadWork, uploadWorkSlot } from "@/lib/conversations/uploads/upload-work";
import { openHeatWork } from "@/lib/insights/heat/heat-work";
import { openRollupWorker } from "@/lib/insights/rollups/worker";
import { getMediaStore } from "@/lib/media/store";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { frameAncestorsFor } from "@/lib/visitors/frame-ancestors";
import { openWebhookWorker } from "@/lib/webhooks/worker";
import { compose } from "./compose";
import type { Env } from "./env";
import { listen } from "./listen";
import { createLog } from "./log";
import { openCatalogueWork } from "./open-catalogue-work";
import { openInstallation } from "./open-installation";
import { openPages } from "./pages";
import { handleRequests } from "./requests";
import { type DemoShop, seedDemo } from "./seed-demo";
import { handleSyncOnly } from "./sync-only";

export interface RunningServer {
  /** How this machine reaches it, such as http://127.0.0.1:3000. */
  readonly baseUrl: string;
  readonly publicUrl: string;
  /** The demo shop of an embedded installation. */
  readonly demo: DemoShop | null;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly env: Env;
  /** Next compiles pages on demand instead of serving the build. */
  readonly dev: boolean;
  readonly onStep: (step: "database" | "pages" | "demo") => void;
  /** The demo shop's pictures are being drawn, once. */
  readonly onPicture: (done: number, total: number) => void;
  /** Something it cannot run without was lost: close and end. */
  readonly onLost: (reason: string) => void;
}

/** @throws StartProblem for everything that the person at the keyboard can put right */
export async function startServer({
  env,
  dev,
  onStep,
  onPicture,
  onLost,
}: StartOptions): Promise<RunningServer> {
  const log = createLog(env.logLevel);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) {
      await closer().catch((error: unknown) => log.error({ err: error }, "a part did not close cleanly"));
    }
  };
  try {
    const listener = await listen(env.host, env.port);
    closers.push(listener.close);
    const host = reachableHost(env.host);
    const baseUrl = `http://${host}:${listener.port}`;
    const publicUrl = env.publicUrl ?? baseUrl;

    onStep("database");
    const lost = (reason: string) => {
      log.fatal({ reason }, "lost");
      onLost(reason);
    };
    const installation = await openInstallation({ env, publicUrl, onLost: lost });
    closers.push(installation.close);
    const pages = env.roles.has("web") ? await openPages({ dev, host, port: listener.port, onStep }) : null;
    if (pages) closers.push(pages.close);
    const parts = await compose(log, env);
    // First of all to be closed: whoever comes from now on is sent elsewhere, and so is everybody in a room.
    closers.push(async () => {
      listener.stop();
      await parts.close();
    });

    if (pages) {
      const uploads = openUploadWork();
      uploadWorkSlot.provide(uploads);
      closers.push(uploads.close);
      closers.push(openCatalogueWork(env));
      const webhooks = openWebhookWorker((error) => log.error({ err: error }, "webhooks were not sent"));
      closers.push(webhooks.close);
      const rollups = openRollupWorker(env.eventMonths, (error) =>
        log.error({ err: error }, "roll-ups were not counted"),
      );
      closers.push(rollups.close);
      closers.push(openHeatWork());
    }

    onStep("demo");
    const demo = installation.embedded
      ? await seedDemo({ baseUrl, port: listener.port, publicUrl }, onPicture)
      : null;

    const { trustProxy } = env;
    listener.serve({
      request: pages
        ? handleRequests({
            pages: pages.handle,
            publicUrl,
            dev,
            trustProxy,
            frameAncestors: frameAncestorsFor,
            mediaOrigin: getMediaStore().directOrigin,
            log,
          })
        : handleSyncOnly({ metrics: parts.metrics, trustProxy, log }),
      upgrade: (request, socket, head) => {
        socket.on("error", () => socket.destroy());
        const isFor = (path: string) => request.url?.startsWith(`${path}/`) === true;
        const forUs = isFor(SYNC_PATH) || isFor(MIRROR_PATH);
        if (!forUs && pages?.handleUpgrade(request, socket, head)) return;
        if (!forUs || !env.roles.has("sync")) socket.destroy();
        else if (isFor(SYNC_PATH)) parts.handleUpgrade(request, socket, head);
        else parts.handleMirrorUpgrade(request, socket, head);
      },
    });
    log.info({ baseUrl, publicUrl, embedded: installation.embedded }, "serving");
    return { baseUrl, publicUrl, demo, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
