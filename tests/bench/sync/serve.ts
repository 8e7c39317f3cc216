/** The child's side: a measured server on a free port, which answers its parent's questions about itself. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

export interface Measurement {
  /** User and system time of the whole process so far, microseconds. */
  readonly cpuMicros: number;
  readonly residentBytes: number;
  /** Of the JavaScript heap, in use. */
  readonly heapBytes: number;
  /** Rooms that will still be freed. */
  readonly rooms: number;
}

export type Question = "measure" | "collect and measure" | "stop";

/** V8 frees in several rounds: what is found dead in one may have held what dies in the next. */
const COLLECTIONS = 4;
const BETWEEN_COLLECTIONS_MS = 150;

export interface Served {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  rooms(): number;
}

export function serve({ handleUpgrade, rooms }: Served): void {
  const http = createServer();
  http.on("upgrade", handleUpgrade);
  http.listen(0, "127.0.0.1", () => process.send?.({ port: (http.address() as AddressInfo).port }));
  process.on("message", async (question: Question) => {
    if (question === "stop") process.exit();
    if (question === "collect and measure") await collect();
    const { user, system } = process.cpuUsage();
    const answer = {
      cpuMicros: user + system,
      residentBytes: process.memoryUsage.rss(),
      heapBytes: process.memoryUsage().heapUsed,
      rooms: rooms(),
    } satisfies Measurement;
    process.send?.(answer);
  });
  process.on("disconnect", () => process.exit());
}

/** For servers that want an open websocket. */
export function serveSockets(
  onSocket: (socket: WebSocket, request: IncomingMessage) => void,
  rooms = () => 0,
) {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
  serve({
    handleUpgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (ws) => onSocket(ws, request)),
    rooms,
  });
}

async function collect(): Promise<void> {
  for (let round = 0; round < COLLECTIONS; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_COLLECTIONS_MS));
  }
}
