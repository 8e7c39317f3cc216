/**
 * A websocket's door: the address is read and whoever knocks is judged before the handshake is answered, so a connection
 * that exists is one that may be there. Only so many wait here, and none for long. What may pass is its caller's to say.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, conversationIdSchema } from "@/lib/protocol/ids";
import { Visit } from "./visit";

/**
 * Connections closed in one go when the server ends: all of them at once would knock at the next node in the same
 * instant. In at most so many goes, so that it takes two seconds however many there are.
 */
const HANDED_OVER_AT_ONCE = 50;
const MAX_HAND_OVERS = 100;
const BETWEEN_HAND_OVERS_MS = 20;

export interface DoorOptions {
  /** Upgrades that are being judged; the next one is told to try again. */
  readonly maxAtDoor: number;
  /** An upgrade that is not decided by then is told to try again. */
  readonly doorWithinMs: number;
  /** A socket whose peer does not answer the close frame by then is cut off. */
  readonly closeWithinMs: number;
}

export interface Doorkeeper {
  /** The conversation's id follows. */
  readonly path: string;
  /** Bytes of a message above which ws stops reading (1009). */
  readonly maxPayload: number;
  /** @returns who may come in, or why not. @throws AppError not_found */
  judge(conversationId: ConversationId, token: string): Promise<Guest | CloseCode>;
  onFault(error: unknown): void;
}

/** Somebody who may come in. Exactly one of the two is called. */
export interface Guest {
  enter(socket: WebSocket, stream: Duplex): void;
  /** The visitor has gone meanwhile, or the door has been closed. */
  leave(): void;
}

export class Door {
  private readonly sockets: WebSocketServer;
  private open = true;
  private waiting = 0;

  constructor(
    private readonly keeper: Doorkeeper,
    private readonly options: DoorOptions,
  ) {
    const sockets = {
      noServer: true,
      maxPayload: keeper.maxPayload,
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
  async close(connections: Iterable<{ close(code: CloseCode): void }>): Promise<void> {
    this.open = false;
    const leaving = [...connections];
    const atOnce = Math.max(HANDED_OVER_AT_ONCE, Math.ceil(leaving.length / MAX_HAND_OVERS));
    while (leaving.length > 0) {
      for (const connection of leaving.splice(0, atOnce)) connection.close(closeCodes.restarting);
      if (leaving.length > 0) await sleep(BETWEEN_HAND_OVERS_MS);
    }
  }

  private async decide(visit: Visit, url: string): Promise<void> {
    try {
      await this.receive(visit, url);
    } catch (error) {
      if (!(error instanceof AppError)) this.keeper.onFault(error);
      const notFound = error instanceof AppError && error.code === "not_found";
      visit.turnAway(notFound ? closeCodes.notFound : closeCodes.restarting);
    }
  }

  private async receive(visit: Visit, url: string): Promise<void> {
    const address = this.read(url);
    if (address === null) return visit.turnAway(closeCodes.notFound);
    const judged = await this.keeper.judge(address.conversationId, address.token);
    if (typeof judged === "number") return visit.turnAway(judged);
    if (!this.open) {
      judged.leave();
      return visit.turnAway(closeCodes.restarting);
    }
    if (!visit.letIn((socket, stream) => judged.enter(socket, stream))) judged.leave();
  }

  private read(url: string) {
    const [path = "", query = ""] = url.split("?", 2);
    const { path: ours } = this.keeper;
    if (!path.startsWith(`${ours}/`)) return null;
    const id = conversationIdSchema.safeParse(path.slice(ours.length + 1));
    const token = new URLSearchParams(query).get("token") ?? "";
    return id.success ? { conversationId: id.data, token } : null;
  }
}
