/**
 * One socket in one room: joined, then closing, then gone. It keeps the frame limits, turns bytes into parsed frames
 * and hands them to the room; it ends when its token does.
 */
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { assertNever, type ErrorCode } from "@/lib/protocol/errors";
import { MAX_FRAME_BYTES } from "@/lib/protocol/limits";
import { cameInOn, LineLife } from "@/lib/sockets/line-life";
import { type ClientFrame, MalformedFrame, parseFrame } from "./frame";
import type { Member } from "./member";
import type { SyncOptions } from "./options";
import { Outbox } from "./outbox";
import { controlFrame, keepAliveFrame } from "./outgoing";
import type { Claims } from "./ports";
import { receiveChat } from "./receive-chat";
import { receiveControl } from "./receive-control";
import { receiveUpdate } from "./receive-update";
import type { Room } from "./room";
import type { ParticipantRates } from "./room-rates";
import { SlowReader } from "./slow-reader";

/** Longest delay of setTimeout, milliseconds. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** Frames that leave together become one piece up to this size. */
const COPY_BYTES = 16_384;

/** What an honest client does not do: worth an operator's look, with who it was. */
const suspicious: ReadonlySet<CloseCode> = new Set([
  closeCodes.malformed,
  closeCodes.tooLarge,
  closeCodes.tooMany,
]);

export class Connection implements Member {
  sync: Member["sync"] = "catching-up";
  private state: "joining" | "joined" | "closing" | "gone" = "joining";
  private readonly life: LineLife;
  private expiry: NodeJS.Timeout | null = null;
  private readonly outbox: Outbox;
  private readonly reader: SlowReader;

  constructor(
    private readonly socket: WebSocket,
    /** What `socket` speaks over: uncompressed, each frame whole, so that ours may stand between its own. */
    private readonly stream: Duplex,
    private readonly room: Room,
    public claims: Claims,
    expiresAt: number,
    private readonly rates: ParticipantRates,
    private readonly options: SyncOptions,
    private readonly onGone: () => void,
  ) {
    this.life = new LineLife(options.pingMs, () => cameInOn(stream));
    const waiting = () => socket.bufferedAmount;
    this.outbox = new Outbox({ waiting, write: (frames) => this.write(frames) }, options);
    const line = {
      waiting,
      transmit: (frame: Uint8Array) => this.outbox.send(frame),
      // Behind what was written before it: when it has left, so has that.
      whenDrained: (then: () => void) => socket.ping(undefined, false, (error) => error ?? then()),
    };
    this.reader = new SlowReader(line, room.document, options);
    socket.on("message", (data, isBinary) => this.onMessage(data, isBinary));
    socket.on("pong", (mark) => {
      this.life.answered(mark.toString());
      this.countFrame(0);
    });
    socket.on("ping", () => this.countFrame(0));
    socket.on("close", () => this.onClose());
    // `close` follows every error; ws names the reason there.
    socket.on("error", () => undefined);
    this.expireAt(expiresAt);
  }

  get unsentBytes(): number {
    return this.socket.bufferedAmount;
  }

  /** Enters the room. Frames wait in the socket until that is done. */
  async join(): Promise<void> {
    this.socket.pause();
    try {
      const refused = await this.room.join(this);
      if (this.state === "gone") this.room.leave(this);
      if (this.state !== "joining") return;
      if (refused !== null) {
        this.close(refused);
        return;
      }
      this.state = "joined";
    } catch (error) {
      this.room.log("nobody can join", error);
      this.close(closeCodes.restarting);
    } finally {
      this.socket.resume();
    }
  }

  send(frame: Uint8Array): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (!this.reader.send(frame)) this.close(closeCodes.restarting);
  }

  show(clientId: number, frame: Uint8Array): void {
    this.outbox.show(clientId, frame);
  }

  forget(clientId: number): void {
    this.outbox.forget(clientId);
  }

  refuse(code: ErrorCode): void {
    this.room.ports.meters?.refused(code);
    this.send(controlFrame({ type: "refused", id: "", code }));
    if (!this.rates.takeRefusal(this.options.now())) this.close(closeCodes.tooMany);
  }

  close(code: CloseCode): void {
    if (this.state === "closing" || this.state === "gone") return;
    this.state = "closing";
    this.room.leave(this);
    const reason = Object.entries(closeCodes).find(([, known]) => known === code)?.[0] ?? "";
    this.room.ports.meters?.closed(reason);
    if (suspicious.has(code)) {
      const { conversationId, participantId, role } = this.claims;
      this.room.ports.log?.("warn", "a connection was ended", {
        conversationId,
        participantId,
        role,
        reason,
      });
    }
    this.socket.close(code, reason);
  }

  renew(claims: Claims, expiresAt: number): void {
    this.claims = claims;
    this.expireAt(expiresAt);
  }

  /** Called every `pingMs`: who has not answered the last ping is dead, unless that or the answer is still on its way. */
  ping(): void {
    const next = this.life.due();
    if (next === "end") this.socket.terminate();
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (next === "ping") this.socket.ping(this.life.mark);
    this.outbox.send(keepAliveFrame);
  }

  terminate(): void {
    this.socket.terminate();
  }

  private onMessage(data: RawData, isBinary: boolean): void {
    if (this.state !== "joined") return;
    const bytes = asBytes(data);
    const started = this.options.now();
    try {
      if (!isBinary) this.close(closeCodes.malformed);
      else if (bytes.length > MAX_FRAME_BYTES) this.close(closeCodes.tooLarge);
      else if (this.countFrame(bytes.length)) {
        const frame = parseFrame(bytes);
        this.room.ports.meters?.frameIn(frame.kind, bytes.length);
        this.receive(frame, started);
      }
    } catch (error) {
      if (!(error instanceof MalformedFrame)) this.room.log("a frame was not handled", error);
      this.close(closeCodes.malformed);
    }
    const ended = this.options.now();
    this.rates.spendWork(Math.max(0, ended - started), ended);
  }

  /** Pings and pongs count too: ws answers each ping, and nobody else would. @returns whether she may go on */
  private countFrame(bytes: number): boolean {
    if (this.rates.takeFrame(bytes, this.options.now())) return true;
    this.close(closeCodes.tooMany);
    return false;
  }

  private write(frames: readonly Buffer[]): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    const { meters } = this.room.ports;
    let bytes = 0;
    for (const frame of frames) {
      meters?.frameOut(frame.length);
      bytes += frame.length;
    }
    this.life.gave(bytes);
    const [first] = frames;
    if (frames.length === 1) this.stream.write(first);
    // A few hundred bytes are copied in less time than several pieces are handed over.
    else if (bytes <= COPY_BYTES) this.stream.write(Buffer.concat(frames, bytes));
    else {
      this.stream.cork();
      for (const frame of frames) this.stream.write(frame);
      this.stream.uncork();
    }
  }

  private receive(frame: ClientFrame, now: number): void {
    switch (frame.kind) {
      case "state-vector":
        this.ask(now, () => this.reader.answer(frame.stateVector));
        break;
      case "update":
        this.measured(() => receiveUpdate(this.room, this, frame));
        break;
      case "presence":
        this.room.setPresence(this, frame.entries);
        break;
      case "query-presence":
        this.ask(now, () => this.room.sendPresence(this));
        break;
      case "chat":
        this.answer(now, () => receiveChat(this.room, this, frame.request));
        break;
      case "control":
        this.answer(now, () => receiveControl(this.room, this, frame.request));
        break;
      default:
        assertNever(frame);
    }
  }

  private measured(run: () => void): void {
    const started = performance.now();
    run();
    this.room.ports.meters?.applied(performance.now() - started);
  }

  private ask(now: number, run: () => void): void {
    if (this.rates.takeAsk(now)) run();
    else this.close(closeCodes.tooMany);
  }

  private answer(now: number, run: () => Promise<void>): void {
    if (!this.rates.takeRequest(now)) this.close(closeCodes.tooMany);
    else run().catch((error) => this.room.log("a request failed", error));
  }

  private onClose(): void {
    if (this.state === "gone") return;
    this.state = "gone";
    if (this.expiry) clearTimeout(this.expiry);
    this.outbox.close();
    this.room.leave(this);
    this.onGone();
  }

  private expireAt(expiresAt: number): void {
    if (this.expiry) clearTimeout(this.expiry);
    const left = Math.min(Math.max(0, expiresAt - this.options.now()), MAX_TIMEOUT_MS);
    this.expiry = setTimeout(() => this.close(closeCodes.unauthorized), left);
  }
}

function asBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
