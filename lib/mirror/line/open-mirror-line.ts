/**
 * One end's socket to the relay, for the frame (the customer's end) and the desk: JSON both ways, and the page's frames
 * as they are. It reconnects by itself, with a new token each time, until the server wants nobody back.
 */
import { finalCloseCodes } from "@/lib/protocol/close-codes";
import { AppError } from "@/lib/protocol/errors";
import { ROOM_TOKEN_SECONDS } from "@/lib/protocol/limits";
import {
  MIRROR_PATH,
  type MirrorRequest,
  type MirrorUpdate,
  mirrorUpdateSchema,
} from "@/lib/protocol/mirror";

/** First and longest wait before another attempt, milliseconds. */
const FIRST_RETRY_MS = 150;
const LONGEST_RETRY_MS = 5_000;
/** Milliseconds after which a line shows a new token: a minute before the old one is over. */
const RENEW_MS = (ROOM_TOKEN_SECONDS - 60) * 1_000;

export interface MirrorLineOptions {
  /** Such as https://vetrina.example. */
  readonly baseUrl: string;
  readonly conversationId: string;
  readonly getToken: () => Promise<string>;
  /** Connected, for the first time or again: what was asked for before has to be asked again. */
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onUpdate: (update: MirrorUpdate) => void;
  readonly onFrame: (frame: Uint8Array) => void;
  /** The server wants nobody back. */
  readonly onEnd: () => void;
}

export interface MirrorLine {
  /** False when there is no line. */
  send(request: MirrorRequest): boolean;
  sendFrame(frame: Uint8Array<ArrayBuffer>): boolean;
  /** Bytes that wait in this browser. */
  backlog(): number;
  close(): void;
}

export function openMirrorLine(options: MirrorLineOptions): MirrorLine {
  let socket: WebSocket | null = null;
  let closed = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The line goes on under a new token; without one the server ends it, and it is dialled again. */
  const renewing = setInterval(() => {
    if (socket === null) return;
    options.getToken().then(
      (token) => socket?.send(JSON.stringify({ type: "renew", token } satisfies MirrorRequest)),
      () => undefined,
    );
  }, RENEW_MS);

  const end = () => {
    closed = true;
    clearInterval(renewing);
    options.onEnd();
  };
  const retry = () => {
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts++);
    // Jitter, so that not everybody comes back in the same instant after a restart.
    timer = setTimeout(() => void dial(), longest * (0.5 + Math.random() / 2));
  };

  async function dial(): Promise<void> {
    let token: string;
    try {
      token = await options.getToken();
    } catch (error) {
      if (closed) return;
      if (error instanceof AppError && ["forbidden", "not_found"].includes(error.code)) end();
      else retry();
      return;
    }
    if (closed) return;
    const base = options.baseUrl.replace(/^http/, "ws").replace(/\/$/, "");
    const opened = new WebSocket(
      `${base}${MIRROR_PATH}/${options.conversationId}?token=${encodeURIComponent(token)}`,
    );
    opened.binaryType = "arraybuffer";
    opened.onopen = () => {
      socket = opened;
      options.onUp();
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      attempts = 0;
      if (data instanceof ArrayBuffer) options.onFrame(new Uint8Array(data));
      else if (typeof data === "string") receive(data);
    };
    opened.onclose = ({ code }) => {
      const wasUp = socket === opened;
      socket = null;
      if (closed) return;
      if (wasUp) options.onDown();
      if (finalCloseCodes.includes(code)) end();
      else retry();
    };
  }

  /** What does not parse comes from a newer server: it is left out. */
  function receive(text: string): void {
    const update = mirrorUpdateSchema.safeParse(JSON.parse(text));
    if (update.success) options.onUpdate(update.data);
  }

  void dial();
  return {
    send(request) {
      if (socket === null) return false;
      socket.send(JSON.stringify(request));
      return true;
    },
    sendFrame(frame) {
      if (socket === null) return false;
      socket.send(frame);
      return true;
    },
    backlog: () => socket?.bufferedAmount ?? 0,
    close() {
      closed = true;
      clearInterval(renewing);
      clearTimeout(timer);
      socket?.close();
      // What is still said while its owner goes away has nobody to be said to.
      socket = null;
    },
  };
}
