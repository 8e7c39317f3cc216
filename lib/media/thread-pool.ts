/**
 * Threads that run plain files on what somebody sent: the event loop keeps turning, the heap is bounded, and a thread that
 * does not come back is ended. What may take all memory all the same belongs into a process of its own (video/leash.ts).
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Transferable } from "node:worker_threads";
import { Piscina } from "piscina";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";

interface ThreadPoolOptions {
  /** At most. One core stays with the event loop. */
  readonly maxThreads: number;
  /** Megabytes of JavaScript heap of one thread. Pixels and WebAssembly's memory lie outside it. */
  readonly maxHeapMb: number;
  /** Tasks waiting for a thread, beyond which a further one is refused. */
  readonly maxWaiting: number;
}

interface ThreadJob<Task> {
  readonly task: Task;
  /** What runs it: a module's default export. */
  readonly filename: string;
  /** Ends the thread that works on it. */
  readonly signal: AbortSignal;
  /** Parts of the task that are given to the thread instead of copied. */
  readonly handedOver?: readonly Transferable[];
}

export interface ThreadPool<Task> {
  /** @throws AppError unavailable when too many wait; what the file throws; AbortError */
  run(job: ThreadJob<Task>): Promise<unknown>;
  close(): Promise<void>;
}

/** A thread without work ends after this, milliseconds: WebAssembly memory is given back in no other way. */
const IDLE_TIMEOUT_MS = 20_000;

/** Below lib/media: both bundles, the tests and `tsx` find plain files at one place, below the project's root. */
export const mediaFile = (...path: readonly string[]) => join(process.cwd(), "lib", "media", ...path);

/** How many of `wanted` threads this machine bears. */
export const threadsOf = (wanted: number) => Math.max(1, Math.min(wanted, availableParallelism() - 1));

/** Nothing is started before the first task. */
export function openThreads<Task>(options: ThreadPoolOptions): ThreadPool<Task> {
  const pool = new Piscina<Task | null, unknown>({
    filename: mediaFile("wake-worker.mjs"),
    minThreads: 0,
    maxThreads: threadsOf(options.maxThreads),
    // Who waits is counted below; the rest is for what wakes threads for them.
    maxQueue: 2 * options.maxWaiting,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb },
  });
  // Such as the answer of a thread that had just been ended: nobody waits for it, and unheard it would end the process.
  pool.on("error", (error) => faultsSlot.find()?.(error));
  // That it could not be started is said to whom it was started for.
  const wake = () => pool.run(null).catch(() => undefined);
  return {
    async run({ task, filename, signal, handedOver = [] }) {
      if (pool.queueSize >= options.maxWaiting)
        throw new AppError("unavailable", "too many wait for a thread");
      try {
        return await pool.run(task, { signal, filename, transferList: [...handedOver] });
      } finally {
        // What was ended, or broke, took its thread along. Piscina starts another one for the next that comes, not for those who wait.
        if (pool.queueSize > 0 && pool.threads.length === 0) wake();
      }
    },
    close: () => pool.destroy(),
  };
}
