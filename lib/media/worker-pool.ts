/**
 * Threads that run one plain .mjs file on what somebody sent: the event loop keeps turning, the heap is bounded, and a
 * thread that does not come back is ended.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import { type ProcessSlot, processSlot } from "@/lib/protocol/process-slot";

interface WorkerPool<Task, Answer> {
  /** @param signal ends the thread that works on it. */
  run(task: Task, signal: AbortSignal): Promise<Answer>;
  /** Ends the threads, if there are any. */
  close(): Promise<void>;
}

interface WorkerPoolOptions {
  /** Of the process: several copies of a module share one pool. */
  readonly name: string;
  /** Below lib/media: both bundles, the tests and `tsx` find it at one place, below the project's root. */
  readonly file: readonly string[];
  /** Megabytes of JavaScript heap of one thread. */
  readonly maxHeapMb: number;
  /** Tasks waiting for a thread, beyond which a further one is refused. */
  readonly maxQueue: number;
}

/** Threads at most: each may hold a file's worth of memory. */
const MAX_THREADS = 2;
/** A thread without work ends after this, milliseconds: WebAssembly memory is given back in no other way. */
const IDLE_TIMEOUT_MS = 20_000;

/** Nothing is started before the first task. */
export function workerPool<Task, Answer>(options: WorkerPoolOptions): WorkerPool<Task, Answer> {
  const slot: ProcessSlot<Piscina<Task, Answer>> = processSlot(options.name);
  const open = () => {
    const pool = new Piscina<Task, Answer>({
      filename: join(process.cwd(), "lib", "media", ...options.file),
      minThreads: 0,
      // One core stays with the event loop.
      maxThreads: Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1)),
      maxQueue: options.maxQueue,
      idleTimeout: IDLE_TIMEOUT_MS,
      resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb },
    });
    slot.provide(pool);
    return pool;
  };
  return {
    run: (task, signal) => (slot.find() ?? open()).run(task, { signal }),
    close: async () => slot.find()?.destroy(),
  };
}
