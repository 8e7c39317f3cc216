/** Collects what only the page knows and sends it in batches; loses at most what a dying network loses. */
import type { BrowserEvent } from "@/lib/protocol/events";
import { eventId } from "./event-id";
import { start } from "./guard";
import type { Settings } from "./settings";
import type { Visitor } from "./visitor";
import { writeJson } from "./write-json";

/** Time to gather what belongs together (a page and its product) before one request. */
const BATCH_MS = 800;
/** Limit of the server for one batch. */
const MAX_BATCH = 50;
/** Waiting times after a failed request; then the batch is given up. */
const RETRY_MS = [2_000, 15_000] as const;

type Fact = BrowserEvent extends infer E ? (E extends BrowserEvent ? Omit<E, "id" | "at"> : never) : never;

export interface EventQueue {
  record(fact: Fact): void;
  /** Send now, in a way that survives the page. */
  flush(): void;
}

export function openEventQueue(settings: Settings, visitor: Visitor): EventQueue {
  const address = `${settings.origin}/api/v1/events`;
  let waiting: unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const bodyOf = (visitorToken: string, events: unknown[]) =>
    writeJson({ shopKey: settings.shopKey, visitorToken, events });

  function take(): unknown[] {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    return batch;
  }

  async function post(events: unknown[], attempt: number): Promise<void> {
    const token = await visitor.token();
    let status = 0;
    if (token) {
      try {
        const answer = await fetch(address, {
          method: "POST",
          mode: "cors",
          credentials: "omit",
          keepalive: true,
          headers: { "content-type": "text/plain" },
          body: bodyOf(token, events),
        });
        status = answer.status;
      } catch {
        // Offline or blocked: status stays 0.
      }
    }
    if (status === 401 && attempt === 0) {
      visitor.forget();
      await post(events, 1);
    } else if (status === 0 || status === 429 || status >= 500) {
      const delay = RETRY_MS[attempt];
      if (delay !== undefined) setTimeout(() => start(() => post(events, attempt + 1)), delay);
    }
  }

  return {
    record(fact) {
      waiting[waiting.length] = { ...fact, id: eventId(), at: Date.now() };
      if (waiting.length >= MAX_BATCH) {
        const full = take();
        start(() => post(full, 0));
      } else {
        timer ??= setTimeout(() => {
          const batch = take();
          if (batch.length) start(() => post(batch, 0));
        }, BATCH_MS);
      }
    },
    flush() {
      const token = visitor.known();
      if (!waiting.length || !token) return;
      const batch = take();
      const body = bodyOf(token, batch);
      if (!navigator.sendBeacon?.(address, body)) start(() => post(batch, RETRY_MS.length));
    },
  };
}
