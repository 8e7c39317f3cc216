/** One upgrade that waits at the door: let in, turned away with a word that a browser can read, or sent off; once. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import type { CloseCode } from "@/lib/protocol/close-codes";

const BUSY =
  "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

export class Visit {
  private decided = false;

  constructor(
    private readonly sockets: WebSocketServer,
    private readonly request: IncomingMessage,
    private readonly socket: Duplex,
    private readonly head: Buffer,
  ) {
    // Without a listener an error of a socket that waits here would end the process.
    socket.on("error", () => undefined);
  }

  /** Answers the handshake. @returns false when the visitor is gone, was turned away, or speaks no websocket */
  letIn(enter: (ws: WebSocket, stream: Duplex) => void): boolean {
    if (this.decided || this.socket.destroyed) return false;
    this.decided = true;
    let entered = false;
    this.sockets.handleUpgrade(this.request, this.socket, this.head, (ws) => {
      entered = true;
      enter(ws, this.socket);
    });
    return entered;
  }

  /** A browser cannot read why a handshake failed: the visitor is let in for one close frame. */
  turnAway(code: CloseCode): void {
    this.letIn((ws) => {
      ws.on("error", () => undefined);
      ws.close(code);
    });
  }

  /** Cheaper than a handshake. */
  sendOff(): void {
    this.decided = true;
    this.socket.end(BUSY, () => this.socket.destroy());
  }
}
