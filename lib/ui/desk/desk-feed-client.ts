/** The desk's live feed in the browser: an EventSource turned into one immutable snapshot. Reconnects by itself. */
import * as z from "zod/mini";
import { type DeskSnapshot, deskSnapshotSchema } from "@/lib/protocol/desk";
import { type ConversationId, conversationIdSchema } from "@/lib/protocol/ids";

export interface DeskFeedState {
  readonly line: "connecting" | "live" | "offline" | "signed-out";
  /** Null until the first snapshot. */
  readonly desk: DeskSnapshot | null;
  /** Server's clock minus ours, milliseconds: ages are right on a wrong clock. */
  readonly skew: number;
}

export interface DeskFeed {
  getState(): DeskFeedState;
  subscribe(onChange: () => void): () => void;
  /** Called when a customer's facts may have changed; null means: anybody's. */
  onCustomerChange(listener: (conversationIds: readonly ConversationId[]) => void): () => void;
  close(): void;
}

/** EventSource.CLOSED, which not every runtime names. */
const CLOSED = 2;
const changedSchema = z.array(conversationIdSchema);

export function openDeskFeed(
  url: string,
  createSource = (address: string) => new EventSource(address),
): DeskFeed {
  let state: DeskFeedState = { line: "connecting", desk: null, skew: 0 };
  const listeners = new Set<() => void>();
  const customerListeners = new Set<(ids: readonly ConversationId[]) => void>();
  const source = createSource(url);

  const set = (change: Partial<DeskFeedState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  source.addEventListener("open", () => set({ line: "live" }));
  source.addEventListener("error", () => {
    // A refused request (signed out meanwhile) closes for good; a lost line comes back.
    set({ line: source.readyState === CLOSED ? "signed-out" : "offline" });
  });
  source.addEventListener("desk", (event) => {
    const parsed = deskSnapshotSchema.safeParse(JSON.parse(event.data));
    if (parsed.success) set({ line: "live", desk: parsed.data, skew: parsed.data.now - Date.now() });
  });
  source.addEventListener("customer", (event) => {
    const parsed = changedSchema.safeParse(JSON.parse(event.data));
    if (parsed.success) for (const listener of customerListeners) listener(parsed.data);
  });
  source.addEventListener("signed-out", () => {
    source.close();
    set({ line: "signed-out" });
  });

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCustomerChange(listener) {
      customerListeners.add(listener);
      return () => customerListeners.delete(listener);
    },
    close() {
      source.close();
      listeners.clear();
      customerListeners.clear();
    },
  };
}
