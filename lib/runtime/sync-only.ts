/** What a process answers over HTTP that carries live rooms and nothing else: its health and its figures. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { healthSlot } from "@/lib/protocol/health-slot";
import type { Log } from "./log";
import type { Metrics } from "./metrics";
import { clientAddress } from "./requests";

export interface SyncOnlyOptions {
  readonly metrics: Metrics;
  readonly trustProxy: boolean;
  readonly log: Log;
}

export function handleSyncOnly(options: SyncOnlyOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, options).catch((error: unknown) => {
      options.log.error({ err: error }, "request failed");
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("Something went wrong on our side\n");
    });
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, trustProxy }: SyncOnlyOptions,
): Promise<void> {
  const [path] = (request.url ?? "").split("?", 1);
  const address = clientAddress(request, trustProxy);
  if (path === "/api/health") {
    const health = await healthSlot.get()();
    const status = health.status === "ok" ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(health));
  } else if (path === "/metrics" && metrics.mayRead(request.headers.authorization ?? null, address)) {
    const { contentType, text } = await metrics.read();
    response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(text);
  } else {
    response.writeHead(404, { "content-type": "text/plain" }).end("Live rooms only\n");
  }
}
