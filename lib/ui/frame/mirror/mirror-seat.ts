/**
 * The customer's end of a mirror, in our frame: it holds the socket to the relay and the port to our script in the shop's
 * page, and passes on what each may tell the other. Consent is given here, out of reach of the page's own scripts.
 */
import { type MirrorLine, openMirrorLine } from "@/lib/mirror/line/open-mirror-line";
import type { BarState, BarWords, FromPage, ToPage } from "@/lib/mirror/wire/port-message";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { MirrorEndReason, MirrorState, MirrorUpdate } from "@/lib/protocol/mirror";
import type { LoaderMessage } from "../bridge-client";

/** What our script in the page has to know before it starts. */
interface PageSetting {
  readonly rules: unknown;
  readonly origins: readonly string[];
  readonly words: BarWords;
  readonly locale: string;
  readonly accent: string;
  readonly onAccent: string;
}

export interface SeatSnapshot {
  /** Null until the relay has told it. */
  readonly state: MirrorState | null;
  /** Whether it is this tab that is shared. */
  readonly here: boolean;
  readonly line: "connecting" | "up" | "down";
  /** She agreed, here or on the page before. */
  readonly agreed: boolean;
  /** Our script is on its way. */
  readonly starting: boolean;
  /** The shop's page did not let our script in, or it broke. */
  readonly failed: boolean;
  readonly ended: MirrorEndReason | null;
}

export interface Seat {
  getSnapshot(): SeatSnapshot;
  subscribe(onChange: () => void): () => void;
  /** She agreed, by a press of her own in our frame. */
  share(): void;
  refuse(): void;
  pause(): void;
  unpause(): void;
  stop(): void;
  grantWrite(to: ParticipantId): void;
  denyWrite(): void;
  takeBack(): void;
  /** What leaves, as it leaves, from a whole page on: for showing her what they see. @returns stop */
  watchStream(take: (frame: Uint8Array) => void): () => void;
  askFull(): void;
  wantAsset(key: string): void;
  /** The loader loaded our script. */
  takePort(port: MessagePort): void;
  scriptFailed(): void;
  close(): void;
}

export interface SeatOptions {
  readonly conversationId: string;
  readonly getToken: () => Promise<string>;
  /** @throws AppError */
  readonly loadSetting: () => Promise<PageSetting>;
  readonly tellLoader: (message: LoaderMessage) => void;
  /** What this tab kept from its last page. */
  readonly resume: string | null;
  readonly colorOf: (participantId: ParticipantId) => string;
}

/** Milliseconds of one step of the epoch that a page starts with: later pages start higher than earlier ones ended. */
const EPOCH_STEP_MS = 32;
/** Milliseconds until a page that was loaded again asks once more to go on. */
const SHARE_AGAIN_MS = 500;
/** Milliseconds between two looks at a socket that has not sent everything. */
const BACKLOG_LOOK_MS = 250;

export function openSeat(options: SeatOptions): Seat {
  const { tellLoader } = options;
  const listeners = new Set<() => void>();
  let snapshot: SeatSnapshot = {
    state: null,
    here: false,
    line: "connecting",
    agreed: options.resume !== null,
    starting: false,
    failed: false,
    ended: null,
  };
  let resume = options.resume;
  let port: MessagePort | null = null;
  /** She paused: so it stays until she goes on, whatever the relay has heard of it. */
  let pauses = false;
  let looking = false;
  let watching: ((frame: Uint8Array) => void) | null = null;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const change = (part: Partial<SeatSnapshot>) => {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  };
  const tellPage = (message: ToPage) => port?.postMessage(message);

  const line: MirrorLine = openMirrorLine({
    baseUrl: window.location.origin,
    conversationId: options.conversationId,
    getToken: options.getToken,
    onUp() {
      change({ line: "up" });
      // Said again with each new line.
      if (snapshot.agreed) line.send({ type: "share", resume });
    },
    onDown: () => change({ line: "down" }),
    onFrame: () => undefined,
    onUpdate: receive,
    onEnd: () => finish("conversation-ended"),
  });

  function receive(update: MirrorUpdate): void {
    switch (update.type) {
      case "state":
        // She went on in another tab.
        if (snapshot.here && !update.here && port !== null) finish(null);
        change({ state: update.state, here: update.here, ...(update.here ? { ended: null } : {}) });
        tellBar();
        if (pauses && update.here && update.state.phase === "live") pause();
        return;
      case "sharing":
        resume = update.resume;
        tellLoader({ type: "mirror-keep", resume });
        if (port === null && !snapshot.starting) {
          change({ starting: true, failed: false });
          tellLoader({ type: "mirror-start" });
        }
        return;
      case "send-full":
        tellPage({ type: "send-full" });
        return;
      case "want-asset":
        tellPage({ type: "want-asset", key: update.key });
        return;
      case "lag":
        tellPage({ type: "lag", epoch: update.epoch, seq: update.seq });
        return;
      case "point": {
        const { participantId, point } = update;
        const name = snapshot.state?.viewers.find((one) => one.participantId === participantId)?.name ?? "";
        tellPage({ type: "point", from: participantId, name, color: options.colorOf(participantId), point });
        return;
      }
      case "act": {
        const { participantId, id, epoch, act } = update;
        if (port === null) line.send({ type: "acted", participantId, id, refusal: "gone" });
        else tellPage({ type: "act", from: participantId, id, epoch, act });
        return;
      }
      case "wipe":
      case "acted":
        return;
      case "ended":
        finish(update.reason);
        return;
      case "refused":
        if (update.request !== "share") return;
        // The page before has not been missed yet: its socket is still there.
        if (update.code === "conflict" && resume !== null && snapshot.state?.phase !== "idle") {
          retrying = setTimeout(() => {
            if (snapshot.agreed) line.send({ type: "share", resume });
          }, SHARE_AGAIN_MS);
        } else finish(null);
    }
  }

  function finish(reason: MirrorEndReason | null): void {
    clearTimeout(retrying);
    resume = null;
    pauses = false;
    tellLoader({ type: "mirror-keep", resume: null });
    tellPage({ type: "stop" });
    port?.close();
    port = null;
    change({ ended: reason, agreed: false, starting: false, here: false });
  }

  function fromPage(data: unknown): void {
    if (data instanceof Uint8Array && data.buffer instanceof ArrayBuffer) {
      line.sendFrame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      watching?.(data);
      lookAtBacklog();
      return;
    }
    // The page's scripts have no way to this port; a wrong word from it would be our own mistake.
    const message = data as FromPage;
    switch (message.type) {
      case "pressed":
        press(message.what);
        return;
      case "private":
        line.send(message.isPrivate ? { type: "pause", reason: "private-page" } : { type: "unpause" });
        return;
      case "point":
        line.send({ type: "point", point: message.point });
        return;
      case "acted": {
        const writer = snapshot.state?.writer?.participantId;
        if (writer !== undefined && writer === message.from)
          line.send({ type: "acted", participantId: writer, id: message.id, refusal: message.refusal });
        return;
      }
      case "failed":
        scriptFailed();
    }
  }

  function press(what: Extract<FromPage, { type: "pressed" }>["what"]): void {
    if (what === "stop") stop();
    else if (what === "take-back") line.send({ type: "revoke-write" });
    else if (what === "pause") pause();
    else unpause();
  }

  /** What the page's script goes by: her own word before the relay's. */
  function pageState(): BarState {
    const told = barState(snapshot.state);
    return pauses && told.pausedFor === null ? { ...told, pausedFor: "customer" } : told;
  }

  function tellBar(): void {
    tellPage({ type: "state", state: pageState() });
  }

  function pause(): void {
    if (!pauses) {
      pauses = true;
      tellBar();
    }
    line.send({ type: "pause", reason: "customer" });
  }

  function unpause(): void {
    pauses = false;
    line.send({ type: "unpause" });
  }

  function lookAtBacklog(): void {
    if (looking) return;
    looking = true;
    const look = () => {
      const bytes = line.backlog();
      tellPage({ type: "backlog", bytes });
      looking = bytes > 0;
      if (looking) setTimeout(look, BACKLOG_LOOK_MS);
    };
    setTimeout(look, BACKLOG_LOOK_MS);
  }

  /** Also without a line: nothing leaves any more, and the relay is told when it can be. */
  function stop(): void {
    line.send({ type: "stop" });
    finish("customer");
  }

  function scriptFailed(): void {
    change({ failed: true });
    stop();
  }

  // Whoever looks at something else cannot see what is done for her.
  const onVisibility = () => {
    if (document.hidden && snapshot.here && snapshot.state?.writer) line.send({ type: "revoke-write" });
  };
  document.addEventListener("visibilitychange", onVisibility);

  return {
    getSnapshot: () => snapshot,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    share() {
      change({ agreed: true, failed: false, ended: null });
      line.send({ type: "share", resume });
    },
    refuse: () => void line.send({ type: "refuse" }),
    pause,
    unpause,
    stop,
    grantWrite: (participantId) => void line.send({ type: "grant-write", participantId }),
    denyWrite: () => void line.send({ type: "deny-write" }),
    takeBack: () => void line.send({ type: "revoke-write" }),
    watchStream(take) {
      watching = take;
      tellPage({ type: "send-full" });
      return () => {
        if (watching === take) watching = null;
      };
    },
    askFull: () => tellPage({ type: "send-full" }),
    wantAsset: (key) => tellPage({ type: "want-asset", key }),
    takePort(next) {
      void options.loadSetting().then(
        (setting) => {
          if (!snapshot.agreed) {
            next.close();
            return;
          }
          port = next;
          next.onmessage = ({ data }: MessageEvent<unknown>) => fromPage(data);
          const epoch = Math.floor(Date.now() / EPOCH_STEP_MS) % 2 ** 32;
          const state = pageState();
          tellPage({ type: "start", epoch, state, ...setting });
          change({ starting: false });
        },
        () => scriptFailed(),
      );
    },
    scriptFailed,
    close() {
      document.removeEventListener("visibilitychange", onVisibility);
      clearTimeout(retrying);
      tellPage({ type: "stop" });
      port?.close();
      line.close();
    },
  };
}

function barState(state: MirrorState | null): BarState {
  const viewers = state?.viewers ?? [];
  const writer = viewers.find((one) => one.participantId === state?.writer?.participantId);
  return {
    viewers: viewers.map((one) => one.name),
    writer: writer?.name ?? null,
    pausedFor: state?.pausedFor ?? null,
  };
}
