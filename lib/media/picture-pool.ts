import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import { AppError } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { processSlot } from "@/lib/protocol/process-slot";
import { MAX_WAITING_PICTURES } from "./media-limits";
import type { PictureAnswer, PictureSource, PictureTask, TileAnswer, TileTask } from "./picture-task";

export interface PicturePool {
  /** @param signal ends the thread that works on it; bytes are handed over to that thread. */
  read(task: PictureTask, signal: AbortSignal): Promise<PictureAnswer>;
  cut(task: TileTask, signal: AbortSignal): Promise<TileAnswer>;
  close(): Promise<void>;
}

/** Threads at most: each may hold a decoded picture of some hundred megabytes. */
const MAX_THREADS = 4;
/** A thread without work ends after this, milliseconds: WebAssembly memory is given back in no other way. */
const IDLE_TIMEOUT_MS = 20_000;
/** Heap of one thread, megabytes. Pixels lie outside it and are bounded by the pixel limits. */
const MAX_HEAP_MB = 256;
/** Plain files run as they are: both bundles, the tests and `tsx` find them at one place, below the project's root. */
const workerFile = (name: string) => join(process.cwd(), "lib", "media", name);

/** Pictures that are read at once. One core stays with the event loop. */
export const pictureThreads = () => Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));

export function createPicturePool(filename = workerFile("picture-worker.mjs")): PicturePool {
  const pool = new Piscina<PictureTask | TileTask | null, unknown>({
    filename,
    minThreads: 0,
    maxThreads: pictureThreads(),
    // Who waits is counted below; the rest is for what wakes threads for them.
    maxQueue: 2 * MAX_WAITING_PICTURES,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  // Such as the answer of a thread that had just been ended: nobody waits for it, and unheard it would end the process.
  pool.on("error", (error) => faultsSlot.find()?.(error));
  const run = async (task: PictureTask | TileTask, signal: AbortSignal, filename: string) => {
    if (pool.queueSize >= MAX_WAITING_PICTURES) throw new AppError("unavailable", "too many pictures wait");
    try {
      return await pool.run(task, { signal, filename, transferList: handedOver(task) });
    } finally {
      // What was ended, or broke, took its thread along. Piscina starts another one for the next that comes, not for those who wait.
      if (pool.queueSize > 0 && pool.threads.length === 0) wake();
    }
  };
  // That it could not be started is said to whom it was started for.
  const wake = () => pool.run(null, { filename: workerFile("wake-worker.mjs") }).catch(() => undefined);
  return {
    read: (task, signal) => run(task, signal, filename) as Promise<PictureAnswer>,
    cut: (task, signal) => run(task, signal, workerFile("tile-worker.mjs")) as Promise<TileAnswer>,
    close: () => pool.destroy(),
  };
}

/** What is handed over to the thread. */
const handedOver = ({ source, port }: PictureSource & { readonly port?: MessagePort | null }) => [
  ...(typeof source === "string" ? [] : [source.buffer as ArrayBuffer]),
  ...(port ? [port] : []),
];

const slot = processSlot<PicturePool>("picture-pool");

/** The process's pool, made when first needed. */
export function getPicturePool(): PicturePool {
  const found = slot.find();
  if (found) return found;
  const pool = createPicturePool();
  slot.provide(pool);
  return pool;
}

/** Ends the threads, if there are any. */
export async function closePicturePool(): Promise<void> {
  await slot.find()?.close();
}
