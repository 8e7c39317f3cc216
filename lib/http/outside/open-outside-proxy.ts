/**
 * A proxy on this machine through which a browser sees the open internet and nothing else: each connection is checked
 * where it ends, as `fetchOutside` does, for pages, what they load, sockets and frames alike. It reads nothing of what
 * goes through, adds nothing, and knows no browser.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "@/lib/protocol/errors";
import type { AllowedPlaces } from "./allowed-places";
import { guardedConnector, type LookupAll, placeOf } from "./guarded-connector";

export interface OutsideProxy {
  /** Such as http://127.0.0.1:40123 */
  readonly address: string;
  /** Connections that were not made: the addresses, one each, as the browser named them. */
  readonly refused: ReadonlySet<string>;
  /** More came in than may. */
  readonly isSpent: boolean;
  close(): Promise<void>;
}

export interface OutsideProxyOptions {
  readonly allowed: AllowedPlaces;
  /** Of everything that comes in; then all connections end. */
  readonly maxBytes: number;
  readonly lookupAll?: LookupAll;
}

/** Refusals that are remembered: they are only ever counted and named. */
const MAX_REFUSED = 20;
/** Headers between a browser and its proxy, which are no part of the message. */
const HOP_HEADERS = ["proxy-connection", "proxy-authorization", "connection", "keep-alive", "te", "upgrade"];

export async function openOutsideProxy({
  allowed,
  maxBytes,
  lookupAll,
}: OutsideProxyOptions): Promise<OutsideProxy> {
  const connector = guardedConnector(allowed, lookupAll);
  const refused = new Set<string>();
  const open = new Set<Duplex>();
  let bytes = 0;

  /** @throws AppError forbidden for what lies in a private network */
  function connect(hostname: string, port: string): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      // Whatever is spoken over it, the browser speaks it: to us it is a line of bytes.
      const place = placeOf(hostname, "http:", port);
      connector(
        { hostname, host: `${hostname}:${place.port}`, protocol: "http:", port: String(place.port) },
        (...[error, socket]) => {
          if (error !== null) {
            if (error instanceof AppError && refused.size < MAX_REFUSED)
              refused.add(`${place.host}:${place.port}`);
            reject(error);
            return;
          }
          hold(socket);
          socket.on("data", (chunk: Buffer) => {
            bytes += chunk.byteLength;
            if (bytes > maxBytes) for (const one of open) one.destroy();
          });
          resolve(socket);
        },
      );
    });
  }

  function hold(socket: Duplex): void {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    // Either end may go at any time; the other is told by its own end.
    socket.on("error", () => socket.destroy());
  }

  const server = createServer((asked, answer) => {
    const url = URL.canParse(asked.url ?? "") ? new URL(asked.url ?? "") : null;
    // Without a host in it the request is one to us, and we are no server.
    if (url === null || url.protocol !== "http:") return end(answer, 400);
    connect(url.hostname, url.port || "80").then(
      (socket) => pass(asked, answer, url, socket),
      (error: unknown) => end(answer, statusOf(error)),
    );
  });
  server.on("connect", (asked: IncomingMessage, line: Duplex, head: Buffer) => {
    const target = `http://${asked.url ?? ""}`;
    const { hostname, port } = URL.canParse(target) ? new URL(target) : { hostname: "", port: "" };
    if (hostname === "") return void line.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    connect(hostname, port || "80").then(
      (socket) => {
        line.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        if (head.length > 0) socket.write(head);
        line.on("close", () => socket.destroy());
        socket.on("close", () => line.destroy());
        line.pipe(socket);
        socket.pipe(line);
      },
      (error: unknown) => void line.end(`HTTP/1.1 ${statusOf(error)} Not Connected\r\n\r\n`),
    );
  });
  server.on("connection", hold);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    refused,
    get isSpent() {
      return bytes > maxBytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const one of open) one.destroy();
      }),
  };
}

/** One request in plain http, over a connection that was checked. */
function pass(asked: IncomingMessage, answer: ServerResponse, url: URL, socket: Duplex): void {
  const headers = Object.fromEntries(
    Object.entries(asked.headers).filter(([name]) => !HOP_HEADERS.includes(name)),
  );
  const onward = request({
    method: asked.method ?? "GET",
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host, connection: "close" },
    createConnection: () => socket,
  });
  onward.on("response", (given) => {
    given.on("error", () => answer.destroy());
    try {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    } catch {
      // Node reads answers that it would not write itself, such as one with the status 42.
      socket.destroy();
      end(answer, 502);
    }
  });
  onward.on("error", () => end(answer, 502));
  // A browser that leaves in the middle is told nothing more.
  answer.on("error", () => socket.destroy());
  answer.on("close", () => socket.destroy());
  asked.pipe(onward);
}

const statusOf = (error: unknown) => (error instanceof AppError ? 403 : 502);

function end(answer: ServerResponse, status: number): void {
  if (answer.headersSent) answer.destroy();
  else answer.writeHead(status, { connection: "close" }).end();
}
