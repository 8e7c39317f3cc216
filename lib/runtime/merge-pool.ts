/** The thread that merges long journals (SY102). Short ones are merged at once: starting a thread would take longer. */
import { join } from "node:path";
import { openThreads } from "@/lib/media/thread-pool";
import { packPanel } from "@/lib/sync/server/packed-panel";
import type { MergePanel, PanelSnapshot, StoredPanel } from "@/lib/sync/server/ports";
import { mergeStored } from "@/lib/sync/server/stored-panel";

/** Where the start puts it (launch/threads.mjs). */
const builtFile = () => join(process.cwd(), ".build", "merge-worker.mjs");
/** Bytes of a journal that are merged in a few milliseconds. */
const SHORT_BYTES = 32_768;
/** Megabytes: a panel at its size limit, in its parts and merged. */
const MAX_HEAP_MB = 512;
/** Rooms that are loaded after a crash, whose journals wait in memory; the next ones are loaded without. */
const MAX_WAITING = 32;
/** Milliseconds. A panel at its size limit takes some seconds on a busy core. */
const TIMEOUT_MS = 120_000;

export interface MergePool {
  /** @throws AppError unavailable when too many wait; AbortError; whatever Yjs throws on a part that it cannot read */
  readonly merge: MergePanel;
  close(): Promise<void>;
}

/** Nothing is started before the first long journal. @param filename the built thread; tests build their own */
export function openMergePool(filename = builtFile()): MergePool {
  const threads = openThreads({ maxThreads: 1, maxHeapMb: MAX_HEAP_MB, maxWaiting: MAX_WAITING });
  return {
    async merge(panel) {
      if (bytesOf(panel) <= SHORT_BYTES) return mergeStored(panel);
      const task = packPanel(panel);
      const handedOver = [task.bytes.buffer, task.lengths.buffer];
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return (await threads.run({ task, filename, signal, handedOver })) as PanelSnapshot;
    },
    close: () => threads.close(),
  };
}

const bytesOf = ({ snapshot, updates }: StoredPanel): number =>
  updates.reduce((sum, { update }) => sum + update.length, snapshot?.state.length ?? 0);
