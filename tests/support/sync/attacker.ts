/** Somebody with a valid token who sends one frame after the other, and comes back whenever the server closes. */
import { once } from "node:events";
import WebSocket from "ws";

export class Attacker {
  /** How often each close code came. */
  readonly closings = new Map<number, number>();
  delivered = 0;
  private socket: WebSocket | null = null;
  private closed: Promise<unknown> = Promise.resolve();

  constructor(private readonly address: () => string) {}

  /** Resolves when the server has dealt with the frame: it answers the ping behind it, or has closed. */
  async deliver(frame: Uint8Array): Promise<void> {
    const socket = this.socket ?? (await this.connect());
    socket.send(frame);
    socket.ping();
    await Promise.race([once(socket, "pong"), this.closed]);
    this.delivered++;
  }

  async leave(): Promise<void> {
    if (this.socket === null) return;
    this.socket.terminate();
    await this.closed;
  }

  private async connect(): Promise<WebSocket> {
    const socket = new WebSocket(this.address(), { perMessageDeflate: false });
    socket.on("error", () => undefined);
    socket.on("close", (code) => {
      this.closings.set(code, (this.closings.get(code) ?? 0) + 1);
      this.socket = null;
    });
    this.closed = once(socket, "close");
    // Frames wait until the room is entered; the first of the server's own says that it is.
    await once(socket, "message");
    socket.on("message", () => undefined);
    this.socket = socket;
    return socket;
  }
}
