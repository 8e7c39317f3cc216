/**
 * The websocket's door: address and token are checked, and the room is loaded, before the handshake is answered, so a
 * connection that exists is one that may be there. Only so many wait here, and none for long.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { closeCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import { conversationIdSchema } from "@/lib/protocol/ids";
import { MAX_FRAME_BYTES } from "@/lib/protocol/limits";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { Connection } from "./connection";
import type { SyncOptions } from "./options";
import type { SyncPorts } from "./ports";
import type { Room } from "./room";
import { RoomRates } from "./room-rates";
import type { Rooms } from "./rooms";
import { Visit } from "./visit";

/** Above MAX_FRAME_BYTES we close with our own code; above this, ws stops reading (1009). */
const MAX_PAYLOAD_BYTES = 4 * MAX_FRAME_BYTES;

/**
 * Connections closed in one go when the server ends: all of them at once would knock at the next node in the same
 * instant. In at most so many goes, so that it takes two seconds however many there are.
 */
const HANDED_OVER_AT_ONCE = 50;
const MAX_HAND_OVERS = 100;
const BETWEEN_HAND_OVERS_MS = 20;

export class Door {
  readonly connections = new Set<Connection>();
  private readonly sockets: WebSocketServer;
  private readonly rates = new WeakMap<Room, RoomRates>();
  private open = true;
  private waiting = 0;

  constructor(
    private readonly rooms: Rooms,
    private readonly ports: SyncPorts,
    private readonly options: SyncOptions,
  ) {
    const sockets = {
      noServer: true,
      maxPayload: MAX_PAYLOAD_BYTES,
      clientTracking: false,
      // Unknown to @types/ws.
      closeTimeout: options.closeWithinMs,
    };
    this.sockets = new WebSocketServer(sockets);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const visit = new Visit(this.sockets, request, socket, head);
    if (this.waiting >= this.options.maxAtDoor) {
      visit.sendOff();
      return;
    }
    this.waiting++;
    const late = setTimeout(() => visit.turnAway(closeCodes.restarting), this.options.doorWithinMs);
    void this.decide(visit, request.url ?? "").finally(() => {
      clearTimeout(late);
      this.waiting--;
    });
  }

  /** Sends everybody elsewhere, a few at a time. Resolves when all have been told. */
  async close(): Promise<void> {
    this.open = false;
    const leaving = [...this.connections];
    const atOnce = Math.max(HANDED_OVER_AT_ONCE, Math.ceil(leaving.length / MAX_HAND_OVERS));
    while (leaving.length > 0) {
      for (const connection of leaving.splice(0, atOnce)) connection.close(closeCodes.restarting);
      if (leaving.length > 0) await sleep(BETWEEN_HAND_OVERS_MS);
    }
  }

  private async decide(visit: Visit, url: string): Promise<void> {
    try {
      await this.admit(visit, url);
    } catch (error) {
      if (!(error instanceof AppError)) {
        this.ports.log?.("error", "the door failed", { error: error instanceof Error ? error.message : "" });
      }
      const notFound = error instanceof AppError && error.code === "not_found";
      visit.turnAway(notFound ? closeCodes.notFound : closeCodes.restarting);
    }
  }

  private async admit(visit: Visit, url: string): Promise<void> {
    const address = parseAddress(url);
    if (address === null) return visit.turnAway(closeCodes.notFound);
    const admission = await this.ports.authorize.admit(address.conversationId, address.token);
    if (admission.kind === "refused") return visit.turnAway(closeCodes[admission.reason]);
    const { claims, expiresAt } = admission;
    if (claims.conversationId !== address.conversationId || expiresAt <= this.options.now()) {
      return visit.turnAway(closeCodes.unauthorized);
    }
    const lease = await this.rooms.lease(address.conversationId);
    if (!this.open) {
      lease.release();
      return visit.turnAway(closeCodes.restarting);
    }
    const { room } = lease;
    const rates = this.ratesOf(room).of(claims.participantId, this.options.now());
    if (!rates.takeEntry(this.options.now())) {
      lease.release();
      return visit.turnAway(closeCodes.tooMany);
    }
    const entered = visit.letIn((ws, stream) => {
      const connection = new Connection(ws, stream, room, claims, expiresAt, rates, this.options, () => {
        this.connections.delete(connection);
        lease.release();
      });
      this.connections.add(connection);
      void connection.join();
    });
    if (!entered) lease.release();
  }

  /** As long as the room is loaded. */
  private ratesOf(room: Room): RoomRates {
    const known = this.rates.get(room);
    if (known) return known;
    const rates = new RoomRates(this.options.now());
    this.rates.set(room, rates);
    return rates;
  }
}

function parseAddress(url: string) {
  const [path = "", query = ""] = url.split("?", 2);
  if (!path.startsWith(`${SYNC_PATH}/`)) return null;
  const id = conversationIdSchema.safeParse(path.slice(SYNC_PATH.length + 1));
  const token = new URLSearchParams(query).get("token") ?? "";
  return id.success ? { conversationId: id.data, token } : null;
}
