/** Next: the pages and the API. */
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { findProjectRoot } from "@/lib/db/project-root";

export interface PagesOptions {
  /** Next compiles pages on demand instead of serving the build. */
  readonly dev: boolean;
  readonly host: string;
  readonly port: number;
  readonly onStep: (step: "pages") => void;
}

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** False when nobody wants it. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}

export async function openPages({ dev, host, port, onStep }: PagesOptions): Promise<Pages> {
  onStep("pages");
  const sockets = new Server();
  const app = next({
    dev,
    dir: findProjectRoot(),
    hostname: host,
    port,
    // Next would listen for upgrades on our server by itself; on this one it hears only those we hand on.
    httpServer: sockets,
  });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    handleUpgrade: (request, socket, head) => sockets.emit("upgrade", request, socket, head),
    close: () => app.close(),
  };
}
