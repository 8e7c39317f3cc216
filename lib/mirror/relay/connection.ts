/**
 * One socket at a mirror: text frames are requests, binary ones the page. It keeps the limits, turns bytes into parsed
 * requests and judged headers, and ends when its token does. What is in the page's frames it never looks at.
 */
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { decodeStreamFrame, MAX_STREAM_FRAME_BYTES } from "@/lib/mirror/wire/stream-frame";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import {
  MAX_MIRROR_TEXT_CHARS,
  type MirrorRequest,
  type MirrorUpdate,
  mirrorRequestSchema,
} from "@/lib/protocol/mirror";
import { cameInOn, LineLife } from "@/lib/sockets/line-life";
import type { Claims } from "@/lib/sync/server/ports";
import type { LiveMirror } from "./live-mirror";
import type { Member } from "./member";
import type { MirrorTerms } from "./ports";
import { receiveRequest } from "./receive-request";
import type { RequestRates } from "./request-rates";
import { ViewerFeed } from "./viewer-feed";

/** Longest delay of setTimeout, milliseconds. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** What an honest client does not do: worth an operator's look, with who it was. */
const suspicious: ReadonlySet<CloseCode> = new Set([
  closeCodes.malformed,
  closeCodes.tooLarge,
  closeCodes.tooMany,
]);

/** In UTF-8 a character takes up to three bytes for each of JavaScript's. */
const MAX_TEXT_BYTES = 3 * MAX_MIRROR_TEXT_CHARS;

let tabs = 0;

export class Connection implements Member {
  readonly tab = ++tabs;
  feed: ViewerFeed | null = null;
  private state: "open" | "closing" | "gone" = "open";
  private readonly life: LineLife;
  private expiry: NodeJS.Timeout | null = null;
  private probing: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: WebSocket,
    /** What `socket` speaks over. */
    stream: Duplex,
    private readonly mirror: LiveMirror,
    public claims: Claims,
    public terms: MirrorTerms,
    expiresAt: number,
    private readonly rates: RequestRates,
    private readonly onGone: () => void,
  ) {
    this.life = new LineLife(mirror.options.pingMs, () => cameInOn(stream));
    socket.on("message", (data, isBinary) => this.onMessage(data, isBinary));
    socket.on("pong", (mark) => this.onPong(mark.toString()));
    socket.on("close", () => this.onClose());
    // `close` follows every error; ws names the reason there.
    socket.on("error", () => undefined);
    this.expireAt(expiresAt);
    mirror.join(this);
  }

  get unsentBytes(): number {
    return this.socket.bufferedAmount;
  }

  makeFeed(onFree: () => void): ViewerFeed {
    const line = {
      waiting: () => this.socket.bufferedAmount,
      transmit: (frame: Uint8Array, sent: () => void) => {
        if (this.socket.readyState !== this.socket.OPEN) return;
        this.mirror.meters?.frameOut(frame.byteLength);
        this.life.gave(frame.byteLength);
        this.socket.send(frame, { binary: true }, (error) => error ?? sent());
      },
    };
    return new ViewerFeed(line, this.mirror.options, onFree);
  }

  tell(update: MirrorUpdate): void {
    if (this.state !== "open" || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > this.mirror.options.closeAboveBytes) this.close(closeCodes.restarting);
    else this.socket.send(JSON.stringify(update));
  }

  show(update: MirrorUpdate): void {
    if (this.socket.bufferedAmount < this.mirror.options.socketBytes) this.tell(update);
  }

  probe(): void {
    if (this.probing !== null || this.socket.readyState !== this.socket.OPEN) return;
    this.socket.ping();
    this.probing = setTimeout(() => this.socket.terminate(), this.mirror.options.probeMs);
  }

  close(code: CloseCode): void {
    if (this.state !== "open") return;
    this.state = "closing";
    this.mirror.leave(this);
    const reason = Object.entries(closeCodes).find(([, known]) => known === code)?.[0] ?? "";
    const { log } = this.mirror.ports;
    this.mirror.meters?.closed(reason);
    if (suspicious.has(code)) {
      const { conversationId, participantId, role } = this.claims;
      log?.("warn", "a mirror's connection was ended", { conversationId, participantId, role, reason });
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
    else if (next === "ping" && this.socket.readyState === this.socket.OPEN) this.socket.ping(this.life.mark);
  }

  terminate(): void {
    this.socket.terminate();
  }

  private onMessage(data: RawData, isBinary: boolean): void {
    if (this.state !== "open") return;
    const bytes = asBytes(data);
    try {
      if (isBinary) this.onFrame(bytes);
      else this.onText(bytes);
    } catch (error) {
      this.mirror.log("a frame was not handled", error);
      this.close(closeCodes.malformed);
    }
  }

  private onFrame(bytes: Buffer): void {
    const header = decodeStreamFrame(bytes);
    const { meters, options } = this.mirror;
    if (bytes.length > MAX_STREAM_FRAME_BYTES) this.close(closeCodes.tooLarge);
    else if (!this.rates.takeFrame(bytes.length, options.now())) this.close(closeCodes.tooMany);
    else if (header === null || this.claims.role !== "customer") this.close(closeCodes.malformed);
    else {
      meters?.frameIn(header.kind, bytes.length);
      const refused = this.mirror.receive(this, header, bytes);
      // What was on its way when she paused or stopped: dropped, and no fault of hers.
      if (refused !== null) meters?.refused(refused);
    }
  }

  private onText(bytes: Buffer): void {
    const request = bytes.length > MAX_TEXT_BYTES ? null : readRequest(bytes);
    if (bytes.length > MAX_TEXT_BYTES) this.close(closeCodes.tooLarge);
    else if (!this.rates.takeText(this.mirror.options.now())) this.close(closeCodes.tooMany);
    else if (request === null) this.close(closeCodes.malformed);
    else if (request.type === "renew") {
      this.renewBy(request.token).catch((error) => this.mirror.log("a token was not checked", error));
    } else {
      const refused = receiveRequest(this.mirror, this, this.rates, request);
      if (refused !== null) this.refuse(request.type, refused);
    }
  }

  private refuse(request: string, code: "forbidden" | "conflict" | "too-many"): void {
    this.mirror.meters?.refused(code);
    this.tell({ type: "refused", request, code });
  }

  private async renewBy(token: string): Promise<void> {
    const { authorize } = this.mirror.ports;
    const admission = await authorize.admit(this.claims.conversationId, token);
    if (this.state !== "open") return;
    const isHers =
      admission.kind === "admitted" && admission.claims.participantId === this.claims.participantId;
    if (isHers) this.renew(admission.claims, admission.expiresAt);
    else this.refuse("renew", "forbidden");
  }

  private onPong(mark: string): void {
    this.life.answered(mark);
    if (this.probing) clearTimeout(this.probing);
    this.probing = null;
  }

  private onClose(): void {
    if (this.state === "gone") return;
    this.state = "gone";
    if (this.expiry) clearTimeout(this.expiry);
    if (this.probing) clearTimeout(this.probing);
    this.mirror.leave(this);
    this.onGone();
  }

  private expireAt(expiresAt: number): void {
    if (this.expiry) clearTimeout(this.expiry);
    const left = Math.min(Math.max(0, expiresAt - this.mirror.options.now()), MAX_TIMEOUT_MS);
    this.expiry = setTimeout(() => this.close(closeCodes.unauthorized), left);
  }
}

/** Null for what no honest client sends. */
function readRequest(bytes: Buffer): MirrorRequest | null {
  const text = bytes.toString();
  if (text.length > MAX_MIRROR_TEXT_CHARS) return null;
  try {
    const parsed = mirrorRequestSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function asBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
