/** Collects what only the page knows and sends it in batches; loses at most what a dying network loses. */
import type { BrowserEvent } from "@/lib/protocol/events";
import { eventId } from "./event-id";
import { start } from "./guard";
import type { Settings } from "./settings";
import type { Box } from "./storage";
import type { Recording, Visitor } from "./visitor";
import { writeJson } from "./write-json";

/** Time to gather what belongs together (a page and its product) before one request. */
const BATCH_MS = 800;
/** Limit of the server for one batch. */
const MAX_BATCH = 50;
/** A page that calls without end fills its own memory no further than this. */
const MAX_WAITING = 200;
/** Waiting times after a failed request; then the batch is given up. */
const RETRY_MS = [2_000, 15_000] as const;

type Fact = BrowserEvent extends infer E ? (E extends BrowserEvent ? Omit<E, "id" | "at"> : never) : never;

export interface EventQueue {
  record(fact: Fact): void;
  /** Send now, in a way that survives the page. */
  flush(): void;
  /** What may be recorded has changed. */
  lookAgain(): void;
}

/**
 * @param tab kept over page changes: what a quick visitor's first page could not send before it had a token
 * @param invited the server's answer: she may be asked in so many seconds whether she wants to chat
 */
export function openEventQueue(
  settings: Settings,
  visitor: Visitor,
  tab: Box,
  invited: (after: unknown) => void,
): EventQueue {
  const address = `${settings.origin}/api/v1/events`;
  const leftName = `vetrina.unsent.${settings.shopKey}`;
  let waiting: unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const bodyOf = (recording: Recording, events: unknown[]) =>
    writeJson({
      shopKey: settings.shopKey,
      visitorToken: recording.visitorToken ?? undefined,
      consent: recording.level === "full" ? visitor.consent : recording.level,
      events,
    });

  function take(): unknown[] {
    clearTimeout(timer);
    timer = undefined;
    const batch: unknown[] = [];
    const rest: unknown[] = [];
    for (let i = 0; i < waiting.length; i++) {
      const list = i < MAX_BATCH ? batch : rest;
      list[list.length] = waiting[i];
    }
    waiting = rest;
    return batch;
  }

  /**
   * What waits stays in the queue until it is known whether it may be recorded, so that a page change in between finds it
   * there; and for this page's life while it may not, because she may be reading the question right now.
   */
  async function send(): Promise<void> {
    timer = undefined;
    if ((await visitor.recording())?.level === "none") return;
    while (waiting.length) {
      const batch = take();
      start(() => post(batch, 0));
    }
  }

  function sendSoon(): void {
    timer ??= setTimeout(() => start(send), BATCH_MS);
  }

  function restore(): void {
    const left = tab.read(leftName);
    if (!left) return;
    tab.write(leftName, null);
    const events: unknown = JSON.parse(left);
    if (!Array.isArray(events)) return;
    for (let i = 0; i < events.length; i++) waiting[waiting.length] = events[i];
    sendSoon();
  }

  async function post(events: unknown[], attempt: number): Promise<void> {
    const recording = await visitor.recording();
    let status = 0;
    if (recording?.level === "none") return;
    if (recording) {
      try {
        const answer = await fetch(address, {
          method: "POST",
          mode: "cors",
          credentials: "omit",
          keepalive: true,
          headers: { "content-type": "text/plain" },
          body: bodyOf(recording, events),
        });
        status = answer.status;
        // Nearly always there is nothing to say, and nothing is said (204).
        if (status === 200) invited((await answer.json()).inviteAfter);
      } catch {
        // Offline or blocked: status stays 0.
      }
    }
    if (status === 401 && attempt === 0) {
      visitor.forget(recording?.visitorToken ?? null);
      await post(events, 1);
    } else if (status === 0 || status === 429 || status >= 500) {
      const delay = RETRY_MS[attempt];
      if (delay !== undefined) setTimeout(() => start(() => post(events, attempt + 1)), delay);
    }
  }

  start(async () => restore());
  return {
    record(fact) {
      if (waiting.length >= MAX_WAITING) return;
      waiting[waiting.length] = { ...fact, id: eventId(), at: Date.now() };
      if (waiting.length === MAX_BATCH) start(send);
      else sendSoon();
    },
    lookAgain() {
      if (waiting.length) sendSoon();
    },
    flush() {
      if (!waiting.length) return;
      const recording = visitor.knownRecording();
      if (!recording) {
        // Nothing is kept in her browser where the shop has said that it wants to be asked first.
        if (visitor.consent === undefined || visitor.consent === "full")
          tab.write(leftName, writeJson(waiting));
        return;
      }
      if (recording.level === "none") return;
      const batch = take();
      const body = bodyOf(recording, batch);
      if (!navigator.sendBeacon?.(address, body)) start(() => post(batch, RETRY_MS.length));
    },
  };
}
