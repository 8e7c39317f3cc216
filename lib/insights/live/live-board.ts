/**
 * One reading of a shop for all who look at it (IN146): whoever looks gets the last one at once and every new one. Reads
 * again after changes, not more often than every LEAST_BETWEEN_MS, and anyway every REFRESH_MS; nobody looking, nothing read.
 */
import { deskWatch } from "@/lib/protocol/desk-watch";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ShopId } from "@/lib/protocol/ids";
import type { LiveSnapshot } from "@/lib/protocol/live";

/** A busy shop changes several times a second; nobody reads faster than this. Milliseconds. */
const LEAST_BETWEEN_MS = 1_500;
/** What nobody announces (a visitor who has left, a desk that was closed) is seen this late at most. Milliseconds. */
const REFRESH_MS = 10_000;

type Load = () => Promise<LiveSnapshot>;
type Watcher = (snapshot: LiveSnapshot) => void;

interface Board {
  readonly watchers: Set<Watcher>;
  readonly last: () => LiveSnapshot | null;
  readonly close: () => void;
}

const boards = new Map<ShopId, Board>();

/** Returns what ends it. */
export function watchLive(shopId: ShopId, load: Load, watcher: Watcher): () => void {
  const board = boards.get(shopId) ?? openBoard(shopId, load);
  boards.set(shopId, board);
  board.watchers.add(watcher);
  const known = board.last();
  if (known !== null) watcher(known);
  return () => {
    board.watchers.delete(watcher);
    if (board.watchers.size > 0 || boards.get(shopId) !== board) return;
    boards.delete(shopId);
    board.close();
  };
}

function openBoard(shopId: ShopId, load: Load): Board {
  const watchers = new Set<Watcher>();
  let last: LiveSnapshot | null = null;
  let timer: NodeJS.Timeout | null = null;
  let state: "resting" | "reading" | "changed" | "closed" = "resting";
  let startedAt = Number.NEGATIVE_INFINITY;

  const plan = (ms: number) => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void read(), ms);
  };
  const soon = () => Math.max(0, startedAt + LEAST_BETWEEN_MS - performance.now());
  const isClosed = () => state === "closed";
  const read = async () => {
    state = "reading";
    startedAt = performance.now();
    try {
      const snapshot = await load();
      last = snapshot;
      if (!isClosed()) for (const watcher of watchers) watcher(snapshot);
    } catch (error) {
      // Who looks is told nothing new, and so that what they see is old.
      faultsSlot.find()?.(error);
    }
    if (isClosed()) return;
    const changed = (state as string) === "changed";
    state = "resting";
    plan(changed ? soon() : REFRESH_MS);
  };
  const onChange = () => {
    if (state === "reading") state = "changed";
    else if (state === "resting") plan(soon());
  };

  const stop = deskWatch.get().onShopChange(shopId, onChange);
  void read();
  return {
    watchers,
    last: () => last,
    close() {
      state = "closed";
      if (timer) clearTimeout(timer);
      stop();
    },
  };
}
