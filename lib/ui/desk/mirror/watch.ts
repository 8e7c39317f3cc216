/**
 * The desk's end of a customer's mirror: the socket to the relay, and the port to the page that rebuilds hers. It watches
 * whenever there is something to watch.
 */
import { type MirrorLine, openMirrorLine } from "@/lib/mirror/line/open-mirror-line";
import type { PageFacts } from "@/lib/mirror/wire/page-message";
import { paletteEntry } from "@/lib/panel/palette";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import type { ActRefusal, MirrorAct, MirrorState, MirrorUpdate } from "@/lib/protocol/mirror";
import { randomId } from "@/lib/sync/client/random-id";
import type { FreezeAnswer, FromView, ToView } from "@/lib/ui/mirror-view/view-message";
import { getRoomToken } from "../desk-api";

export interface WatchSnapshot {
  readonly line: "connecting" | "up" | "down" | "ended";
  readonly state: MirrorState | null;
  readonly you: ParticipantId | null;
  readonly mayAskWrite: boolean;
  /** The page as it is told; null while nothing of it is here. */
  readonly page: PageFacts | null;
  /** There are marks over it. */
  readonly marked: boolean;
  /** Why the last act was not done; `count` tells two equal ones apart. */
  readonly refusal: { readonly why: ActRefusal; readonly count: number } | null;
}

export interface Watch {
  getSnapshot(): WatchSnapshot;
  subscribe(onChange: () => void): () => void;
  propose(): void;
  withdraw(): void;
  askWrite(): void;
  releaseWrite(): void;
  act(act: MirrorAct): void;
  /** A picture of what is seen of the page now. Never rejects. */
  freeze(): Promise<FreezeAnswer>;
  stop(): void;
  /** The page that rebuilds hers is there. @returns lets go of it */
  show(port: MessagePort, setup: Extract<ToView, { type: "setup" }>): () => void;
  tellView(message: ToView): void;
  close(): void;
}

export function openWatch(conversationId: ConversationId): Watch {
  const listeners = new Set<() => void>();
  let snapshot: WatchSnapshot = {
    line: "connecting",
    state: null,
    you: null,
    mayAskWrite: false,
    page: null,
    marked: false,
    refusal: null,
  };
  let port: MessagePort | null = null;
  let watching = false;
  let refusals = 0;
  /** Who waits for a picture of the page. */
  let freezing: ((answer: FreezeAnswer) => void) | null = null;
  let epoch = 0;

  const change = (part: Partial<WatchSnapshot>) => {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  };

  const line: MirrorLine = openMirrorLine({
    baseUrl: window.location.origin,
    conversationId,
    getToken: () => getRoomToken(conversationId),
    onUp() {
      watching = false;
      change({ line: "up" });
    },
    onDown: () => change({ line: "down" }),
    onFrame: (frame) => port?.postMessage(frame),
    onUpdate: receive,
    onEnd: () => change({ line: "ended" }),
  });

  function receive(update: MirrorUpdate): void {
    switch (update.type) {
      case "state":
        change({ state: update.state, you: update.you, mayAskWrite: update.mayAskWrite });
        if (!isOn(update.state)) watching = false;
        watch();
        return;
      case "acted":
        if (update.refusal !== null) change({ refusal: { why: update.refusal, count: ++refusals } });
        return;
      case "point": {
        const { participantId, point } = update;
        // Whoever points sees the page, and is no viewer only when it is her own.
        const who = snapshot.state?.viewers.find((one) => one.participantId === participantId);
        const by = who === undefined ? null : { name: who.name, color: paletteEntry(who.color).color };
        port?.postMessage({ type: "point", from: participantId, by, point } satisfies ToView);
        return;
      }
      case "wipe":
      case "ended":
        port?.postMessage({ type: "wipe" } satisfies ToView);
        change({ page: null });
        return;
      case "sharing":
      case "send-full":
      case "lag":
      case "want-asset":
      case "act":
      case "refused":
        return;
    }
  }

  function frozen(answer: FreezeAnswer): void {
    freezing?.(answer);
    freezing = null;
  }

  /** Once the page is there to take it: what comes before would be lost. */
  function watch(): void {
    if (watching || port === null || snapshot.state === null || !isOn(snapshot.state)) return;
    watching = line.send({ type: "watch" });
  }

  function fromView(message: FromView): void {
    switch (message.type) {
      case "page":
        change({ page: message.facts });
        return;
      case "applied":
        epoch = message.epoch;
        line.send(message);
        return;
      case "marks":
        change({ marked: message.any });
        return;
      case "resync":
      case "want-asset":
      case "point":
        line.send(message);
        return;
      case "act":
        line.send({ type: "act", id: randomId(), epoch: message.epoch, act: message.act });
        return;
      case "frozen":
        frozen(message.answer);
        return;
      case "masked":
        change({ refusal: { why: "masked", count: ++refusals } });
    }
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    propose: () => void line.send({ type: "propose" }),
    withdraw: () => void line.send({ type: "withdraw" }),
    askWrite: () => void line.send({ type: "ask-write" }),
    releaseWrite: () => void line.send({ type: "release-write" }),
    act: (act) => void line.send({ type: "act", id: randomId(), epoch, act }),
    freeze() {
      if (freezing !== null) return Promise.resolve({ why: "busy" });
      if (port === null || snapshot.page === null) return Promise.resolve({ why: "gone" });
      port.postMessage({ type: "freeze" } satisfies ToView);
      return new Promise((resolve) => {
        freezing = resolve;
      });
    },
    stop: () => void line.send({ type: "stop" }),
    show(given, setup) {
      port = given;
      given.onmessage = ({ data }: MessageEvent<FromView>) => fromView(data);
      given.postMessage(setup);
      watch();
      return () => {
        if (port !== given) return;
        port = null;
        given.close();
        frozen({ why: "gone" });
        if (watching) line.send({ type: "unwatch" });
        watching = false;
        change({ page: null, marked: false });
      };
    },
    tellView: (message) => port?.postMessage(message),
    close() {
      frozen({ why: "gone" });
      port?.close();
      line.close();
    },
  };
}

const isOn = (state: MirrorState): boolean =>
  state.phase === "live" || state.phase === "paused" || state.phase === "suspended";
