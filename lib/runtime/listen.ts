/** The HTTP server takes its port before anything slow begins, and says so until it is handed over, and when it ends. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { StartProblem } from "@/lib/db/start-problem";

/** Open answers and streams get this long when we stop, milliseconds. */
const LINGER_MS = 1_500;

/**
 * The head of a request must be there by then, milliseconds. Node's own minute, checked twice a minute, lets whoever
 * sends a byte now and then hold a socket for a minute and a half.
 */
const HEAD_WITHIN_MS = 8_000;
/** How often that is looked after, of that time. */
const HEAD_CHECKS = 4;

export interface Handlers {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** From now on requests are answered by these. */
  serve(handlers: Handlers): void;
  /** From now on whoever comes is told to come again: elsewhere, or later. What is under way goes on. */
  stop(): void;
  close(): Promise<void>;
}

/** @throws StartProblem when the port is taken or not ours to take */
export async function listen(host: string, port: number, headWithinMs = HEAD_WITHIN_MS): Promise<Listener> {
  let handlers: Handlers | null = null;
  let stopped = false;
  const slowness = { headersTimeout: headWithinMs, connectionsCheckingInterval: headWithinMs / HEAD_CHECKS };
  const server = createServer(slowness, (request, response) => {
    if (handlers) handlers.request(request, response);
    else
      response
        .writeHead(503, { "retry-after": "1", "content-type": "text/plain", connection: "close" })
        .end(stopped ? "Vetrina is stopping\n" : "Vetrina is starting\n");
  });
  server.on("upgrade", (request, socket, head) => {
    if (handlers) handlers.upgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenProblem(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve: (next) => {
      handlers = next;
    },
    stop: () => {
      handlers = null;
      stopped = true;
    },
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), LINGER_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): StartProblem {
  const cause = { cause: error };
  if (error.code === "EADDRINUSE") {
    return new StartProblem(
      `Port ${port} on ${host} is in use: stop what runs there, or set PORT to another one.`,
      cause,
    );
  }
  if (error.code === "EACCES") {
    return new StartProblem(
      `Port ${port} needs rights this process does not have: set PORT to one above 1023.`,
      cause,
    );
  }
  return new StartProblem(
    `Cannot listen on ${host}:${port} (${error.code ?? error.message}): check HOST and PORT.`,
    cause,
  );
}
