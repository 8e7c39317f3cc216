/** Somebody at a mirror's socket, down to its frames: what she was told, in order, and what she sends, honest or not. */
import { once } from "node:events";
import WebSocket from "ws";
import { decodeStreamFrame, encodeStreamFrame, type StreamKind } from "@/lib/mirror/wire/stream-frame";
import { type MirrorRequest, type MirrorUpdate, mirrorUpdateSchema } from "@/lib/protocol/mirror";
import { until } from "@/tests/support/sync/until";

type Of<Type extends MirrorUpdate["type"]> = Extract<MirrorUpdate, { type: Type }>;

export class MirrorClient {
  readonly told: MirrorUpdate[] = [];
  readonly frames: Buffer[] = [];
  closeCode: number | null = null;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(data);
      else this.told.push(mirrorUpdateSchema.parse(JSON.parse(data.toString())));
    });
    socket.on("close", (code) => {
      this.closeCode = code;
    });
    socket.on("error", () => undefined);
  }

  /** Resolves when she has been told the state, or has been turned away. */
  static async open(address: string): Promise<MirrorClient> {
    const client = new MirrorClient(new WebSocket(address, { perMessageDeflate: false }));
    await until("told or turned away", () => client.told.length > 0 || client.closeCode !== null);
    return client;
  }

  ask(request: MirrorRequest): void {
    this.socket.send(JSON.stringify(request));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  sendBytes(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }

  send(kind: StreamKind, epoch: number, seq: number, payload: string | Uint8Array = ""): void {
    const bytes = typeof payload === "string" ? Buffer.from(payload) : payload;
    this.socket.send(encodeStreamFrame({ kind, gzipped: false, epoch, seq, payload: bytes }));
  }

  of<Type extends MirrorUpdate["type"]>(type: Type): Of<Type>[] {
    return this.told.filter((update): update is Of<Type> => update.type === type);
  }

  get state(): Of<"state"> {
    const state = this.of("state").at(-1);
    if (state === undefined) throw new Error("was told no state");
    return state;
  }

  /** What stands in the frames that came, as text. */
  payloads(): string[] {
    return this.frames.map((frame) => Buffer.from(decodeStreamFrame(frame)?.payload ?? []).toString());
  }

  refusals(): string[] {
    return this.of("refused").map(({ request, code }) => `${request} ${code}`);
  }

  /** Resolves when the relay has dealt with everything that was sent before. */
  async settle(): Promise<void> {
    if (this.closeCode !== null) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.socket.off("pong", done).off("close", done);
        resolve();
      };
      this.socket.on("pong", done).on("close", done);
      this.socket.ping();
    });
  }

  /** Asks, and waits until that has been dealt with. */
  async asked(request: MirrorRequest): Promise<void> {
    this.ask(request);
    await this.settle();
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, "close");
  }
}
