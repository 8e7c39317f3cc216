/**
 * The websocket's door: address and token are checked, and the room is loaded, before the handshake is answered, so a
 * connection that exists is one that may be there. A browser cannot read why a handshake failed; so whoever is turned
 * away is let in for one close frame that says it.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema } from "@/lib/protocol/ids";
import { MAX_FRAME_BYTES } from "@/lib/protocol/limits";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { Connection } from "./connection";
import type { SyncOptions } from "./options";
import type { SyncPorts } from "./ports";
import type { Rooms } from "./rooms";

/** Above MAX_FRAME_BYTES we close with our own code; above this, ws stops reading (1009). */
const MAX_PAYLOAD_BYTES = 4 * MAX_FRAME_BYTES;

export class Door {
  readonly connections = new Set<Connection>();
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    clientTracking: false,
  });
  private open = true;

  constructor(
    private readonly rooms: Rooms,
    private readonly ports: SyncPorts,
    private readonly options: SyncOptions,
  ) {}

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Without a listener an error of a socket that waits here would end the process.
    const ignore = () => undefined;
    socket.on("error", ignore);
    this.admit(request, socket, head).catch((error) => {
      if (!(error instanceof AppError)) {
        this.ports.log?.("error", "the door failed", { error: error instanceof Error ? error.message : "" });
      }
      const notFound = error instanceof AppError && error.code === "not_found";
      this.turnAway(request, socket, head, notFound ? closeCodes.notFound : closeCodes.restarting);
    });
  }

  close(): void {
    this.open = false;
    for (const connection of this.connections) connection.close(closeCodes.restarting);
  }

  private async admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const address = parseAddress(request.url ?? "");
    if (address === null) return this.turnAway(request, socket, head, closeCodes.notFound);
    const admission = await this.ports.authorize.admit(address.conversationId, address.token);
    if (admission.kind === "refused") {
      return this.turnAway(request, socket, head, closeCodes[admission.reason]);
    }
    const { claims, expiresAt } = admission;
    if (claims.conversationId !== address.conversationId || expiresAt <= this.options.now()) {
      return this.turnAway(request, socket, head, closeCodes.unauthorized);
    }
    const lease = await this.rooms.lease(address.conversationId);
    if (!this.open) {
      lease.release();
      return this.turnAway(request, socket, head, closeCodes.restarting);
    }
    let answered = false;
    this.sockets.handleUpgrade(request, socket, head, (ws) => {
      answered = true;
      const connection = new Connection(ws, lease.room, claims, expiresAt, this.options, () => {
        this.connections.delete(connection);
        lease.release();
      });
      this.connections.add(connection);
      void connection.join();
    });
    if (!answered) lease.release();
  }

  private turnAway(request: IncomingMessage, socket: Duplex, head: Buffer, code: CloseCode): void {
    if (socket.destroyed) return;
    this.sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on("error", () => undefined);
      ws.close(code);
    });
  }
}

function parseAddress(url: string) {
  const [path = "", query = ""] = url.split("?", 2);
  if (!path.startsWith(`${SYNC_PATH}/`)) return null;
  const id = conversationIdSchema.safeParse(path.slice(SYNC_PATH.length + 1));
  const token = new URLSearchParams(query).get("token") ?? "";
  return id.success ? { conversationId: id.data, token } : null;
}
