/**
 * The live screen's line in the browser: an EventSource that is open only while the page is seen, and says when what it
 * told last has grown old (IN149). Comes back by itself; nothing is lost by being away, since every event is the whole.
 */
import { type LiveSnapshot, liveSnapshotSchema } from "@/lib/protocol/live";

export interface LiveState {
  /** `old`: the line is lost, or nothing came over it for OLD_AFTER_MS. `hidden`: closed because nobody sees the page. */
  readonly line: "connecting" | "live" | "old" | "hidden" | "signed-out";
  readonly snapshot: LiveSnapshot | null;
  /** Server's clock minus ours, milliseconds: waits are right on a wrong clock. */
  readonly skew: number;
}

export interface LiveFeed {
  getState(): LiveState;
  subscribe(onChange: () => void): () => void;
  close(): void;
}

/** The server tells at least every ten seconds; two that do not come are a reason to say so. */
export const OLD_AFTER_MS = 25_000;
/** EventSource.CLOSED, which not every runtime names. */
const CLOSED = 2;

/** What of the page matters: whether it is seen. */
type Page = Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;

export function openLiveFeed(
  url: string,
  first: LiveSnapshot | null,
  page: Page = document,
  createSource = (address: string) => new EventSource(address),
): LiveFeed {
  let state: LiveState = { line: "connecting", snapshot: first, skew: first ? first.now - Date.now() : 0 };
  let source: EventSource | null = null;
  let growsOld: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const set = (change: Partial<LiveState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const disconnect = () => {
    clearTimeout(growsOld);
    source?.close();
    source = null;
  };
  const leave = (line: "hidden" | "signed-out") => {
    disconnect();
    set({ line });
  };
  const waitForNext = () => {
    clearTimeout(growsOld);
    growsOld = setTimeout(() => set({ line: "old" }), OLD_AFTER_MS);
  };
  const connect = () => {
    const opened = createSource(url);
    source = opened;
    waitForNext();
    opened.addEventListener("live", (event) => {
      const parsed = liveSnapshotSchema.safeParse(JSON.parse(event.data));
      if (!parsed.success) return;
      waitForNext();
      set({ line: "live", snapshot: parsed.data, skew: parsed.data.now - Date.now() });
    });
    opened.addEventListener("error", () => {
      // A refused request (signed out meanwhile) closes for good; a lost line comes back.
      if (opened.readyState === CLOSED) leave("signed-out");
      else set({ line: "old" });
    });
    opened.addEventListener("signed-out", () => leave("signed-out"));
  };
  const onVisibility = () => {
    if (state.line === "signed-out") return;
    if (page.hidden) leave("hidden");
    else if (source === null) {
      set({ line: "connecting" });
      connect();
    }
  };

  page.addEventListener("visibilitychange", onVisibility);
  if (page.hidden) set({ line: "hidden" });
  else connect();
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      page.removeEventListener("visibilitychange", onVisibility);
      disconnect();
      listeners.clear();
    },
  };
}
