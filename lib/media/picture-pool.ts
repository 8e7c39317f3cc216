import type { MessagePort } from "node:worker_threads";
import { processSlot } from "@/lib/protocol/process-slot";
import { MAX_WAITING_PICTURES } from "./media-limits";
import type { PictureAnswer, PictureSource, PictureTask, TileAnswer, TileTask } from "./picture-task";
import { mediaFile, openThreads, threadsOf } from "./thread-pool";

export interface PicturePool {
  /** @param signal ends the thread that works on it; bytes are handed over to that thread. */
  read(task: PictureTask, signal: AbortSignal): Promise<PictureAnswer>;
  cut(task: TileTask, signal: AbortSignal): Promise<TileAnswer>;
  close(): Promise<void>;
}

/** Each may hold a decoded picture of some hundred megabytes. */
const MAX_THREADS = 4;
const MAX_HEAP_MB = 256;

/** Pictures that are read at once. */
export const pictureThreads = () => threadsOf(MAX_THREADS);

export function createPicturePool(filename = mediaFile("picture-worker.mjs")): PicturePool {
  const threads = openThreads<PictureTask | TileTask>({
    maxThreads: MAX_THREADS,
    maxHeapMb: MAX_HEAP_MB,
    maxWaiting: MAX_WAITING_PICTURES,
  });
  const run = (task: PictureTask | TileTask, signal: AbortSignal, file: string) =>
    threads.run({ task, filename: file, signal, handedOver: handedOver(task) });
  return {
    read: (task, signal) => run(task, signal, filename) as Promise<PictureAnswer>,
    cut: (task, signal) => run(task, signal, mediaFile("tile-worker.mjs")) as Promise<TileAnswer>,
    close: () => threads.close(),
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
