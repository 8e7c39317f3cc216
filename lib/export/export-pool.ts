/** The threads that paint exports: bounded in number, memory and time, so that the event loop and everybody's strokes go on. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";
import type { AskItem, ExportAnswer, ExportJob, ItemQuestion } from "./export-job";
import {
  EXPORT_TIMEOUT_MS,
  MAX_EXPORT_HEAP_MB,
  MAX_EXPORT_THREADS,
  MAX_WAITING_EXPORTS,
} from "./export-limits";

/** A thread without work ends after this, milliseconds. */
const IDLE_TIMEOUT_MS = 20_000;
/** Where the start puts it (lib/export/build.mjs). */
const workerFile = () => join(process.cwd(), ".build", "export-worker.mjs");

const slot = processSlot<Piscina<ExportJob, ExportAnswer>>("export-pool");

/** Makes the process's pool. @param filename the built thread; tests build their own. */
export function openExportPool(filename = workerFile()): Piscina<ExportJob, ExportAnswer> {
  const pool = new Piscina<ExportJob, ExportAnswer>({
    filename,
    minThreads: 0,
    // One core stays with the event loop.
    maxThreads: Math.max(1, Math.min(MAX_EXPORT_THREADS, availableParallelism() - 1)),
    maxQueue: MAX_WAITING_EXPORTS,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_EXPORT_HEAP_MB },
  });
  slot.provide(pool);
  return pool;
}

/** Ends the threads, if there are any. */
export async function closeExportPool(): Promise<void> {
  await slot.find()?.destroy();
}

/**
 * @param answerItem loads what the thread asks for, one item at a time.
 * @param signal of the request: who goes away ends the work.
 * @throws AppError unavailable when there are too many, or it takes too long; whatever `answerItem` throws
 */
export async function runExport(
  job: Omit<ExportJob, "port">,
  answerItem: AskItem,
  signal: AbortSignal,
): Promise<ExportAnswer> {
  const { port1, port2 } = new MessageChannel();
  const failed = new AbortController();
  port1.on("message", (question: ItemQuestion) => {
    answerItem(question).then(
      (facts) => port1.postMessage(facts),
      (error: unknown) => failed.abort(error),
    );
  });
  try {
    const pool = slot.find() ?? openExportPool();
    return await pool.run(
      { ...job, port: port2 },
      {
        transferList: [port2],
        signal: AbortSignal.any([signal, failed.signal, AbortSignal.timeout(EXPORT_TIMEOUT_MS)]),
      },
    );
  } catch (cause) {
    if (failed.signal.aborted) throw failed.signal.reason;
    throw new AppError("unavailable", "the pictures could not be put together in time", { cause });
  } finally {
    port1.close();
  }
}
