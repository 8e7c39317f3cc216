/**
 * The line to the server for one document: a y-websocket provider whose reconnecting is ours, because every connection
 * needs a fresh token and some endings are final.
 */
import { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import type { Doc } from "yjs";
import { finalCloseCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { sendOwnPresence } from "./own-presence";

/** First and longest wait before another attempt, milliseconds. */
const FIRST_RETRY_MS = 150;
const LONGEST_RETRY_MS = 5_000;
/** A token or a handshake that takes this long is given up: a dead line may hang for minutes. */
const CONNECT_WITHIN_MS = 10_000;
/** The panel comes as one frame, which is given so much more than the 30 s that y-websocket waits for any. */
const PANEL_LATER_MS = 60_000;

export interface LineOptions {
  readonly baseUrl: string;
  readonly conversationId: string;
  readonly getToken: () => Promise<string>;
  readonly createWebSocket?: ((url: string, protocols?: string | string[]) => WebSocket) | undefined;
  /** No connection: lost, or an attempt failed. Goes on trying. */
  readonly onDown: () => void;
  readonly onSynced: (synced: boolean) => void;
  /** The server wants nobody back, or no token is to be had. */
  readonly onEnd: () => void;
}

export class Line {
  readonly awareness: Awareness;
  readonly provider: WebsocketProvider;
  private readonly stopPresence: () => void;
  private state: "waiting" | "asking" | "connecting" | "up" | "closed" = "waiting";
  private attempts = 0;
  /** Counts questions for a token, so that a late answer is not taken for the present one. */
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly doc: Doc,
    private readonly options: LineOptions,
  ) {
    this.awareness = new Awareness(doc);
    this.provider = new WebsocketProvider(
      `${options.baseUrl.replace(/^http/, "ws").replace(/\/$/, "")}${SYNC_PATH}`,
      options.conversationId,
      doc,
      {
        connect: false,
        awareness: this.awareness,
        disableBc: true,
        shouldReconnect: () => false,
        ...(options.createWebSocket ? { WebSocketPolyfill: socketClass(options.createWebSocket) } : {}),
      },
    );
    this.stopPresence = sendOwnPresence(this.provider, this.awareness);
    this.provider.on("status", ({ status }: { status: string }) => {
      if (status === "connected") this.up();
    });
    this.provider.on("sync", (synced: boolean) => {
      if (synced) this.attempts = 0;
      options.onSynced(synced);
    });
    this.provider.on("connection-close", (event) => this.down(event?.code));
  }

  /** Tries now instead of waiting for the next attempt. */
  connect(): void {
    if (this.state !== "waiting") return;
    clearTimeout(this.timer);
    this.state = "asking";
    const asking = ++this.asked;
    const waits = () => this.state === "asking" && this.asked === asking;
    this.timer = setTimeout(() => this.wait(false), CONNECT_WITHIN_MS);
    this.options.getToken().then(
      (token) => {
        if (waits()) this.dial(token);
      },
      (error) => {
        const final = error instanceof AppError && ["forbidden", "not_found"].includes(error.code);
        if (waits()) this.wait(final);
      },
    );
  }

  /** Drops the socket and dials again: the old one may be dead without knowing. */
  redial(): void {
    if (this.state === "up" || this.state === "connecting") this.provider.disconnect();
    this.connect();
  }

  close(): void {
    if (this.state === "closed") return;
    this.state = "closed";
    clearTimeout(this.timer);
    this.stopPresence();
    this.provider.destroy();
    this.awareness.destroy();
  }

  private dial(token: string): void {
    clearTimeout(this.timer);
    this.state = "connecting";
    this.provider.params = { token };
    this.timer = setTimeout(() => this.provider.disconnect(), CONNECT_WITHIN_MS);
    this.provider.connect();
  }

  private up(): void {
    clearTimeout(this.timer);
    this.state = "up";
    const { provider } = this;
    const latest = Date.now() + PANEL_LATER_MS;
    const wait = () => {
      if (!provider.synced) provider.wsLastMessageReceived = latest;
    };
    wait();
    // Small frames come before it. Heard after the provider's own listener, which starts its 30 s anew.
    provider.ws?.addEventListener("message", wait);
    // The others forgot us with the last connection; only a newer clock brings us back.
    this.awareness.setLocalState(this.awareness.getLocalState());
  }

  private down(code: number | undefined): void {
    // The provider would dial again by itself, with the old token.
    this.provider.shouldConnect = false;
    if (this.state === "closed") return;
    clearTimeout(this.timer);
    this.wait(code !== undefined && finalCloseCodes.includes(code));
  }

  private wait(final: boolean): void {
    if (final) {
      this.close();
      this.options.onEnd();
      return;
    }
    clearTimeout(this.timer);
    this.state = "waiting";
    this.options.onDown();
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.attempts++);
    // Jitter, so that not everybody comes back in the same instant after a restart.
    this.timer = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }
}

/** y-websocket wants a class to construct; our option is a function. */
function socketClass(create: (url: string, protocols?: string | string[]) => WebSocket): typeof WebSocket {
  function Socket(url: string, protocols: string[]) {
    return create(url, protocols.length > 0 ? protocols : undefined);
  }
  return Socket as unknown as typeof WebSocket;
}
