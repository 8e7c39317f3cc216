/** The threads that paint exports: bounded in number, memory and time, so that the event loop and everybody's strokes go on. */
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { openThreads, type ThreadPool } from "@/lib/media/thread-pool";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";
import type { AskItem, ExportAnswer, ExportJob, ItemQuestion } from "./export-job";
import {
  EXPORT_TIMEOUT_MS,
  MAX_EXPORT_HEAP_MB,
  MAX_EXPORT_THREADS,
  MAX_WAITING_EXPORTS,
} from "./export-limits";

/** Where the start puts it (lib/runtime/launch/threads.mjs). */
const builtFile = () => join(process.cwd(), ".build", "export-worker.mjs");

interface ExportPool {
  readonly threads: ThreadPool<ExportJob>;
  readonly filename: string;
}
const slot = processSlot<ExportPool>("export-pool");

/** Makes the process's pool. @param filename the built thread; tests build their own. */
export function openExportPool(filename = builtFile()): ExportPool {
  const threads = openThreads<ExportJob>({
    maxThreads: MAX_EXPORT_THREADS,
    maxHeapMb: MAX_EXPORT_HEAP_MB,
    maxWaiting: MAX_WAITING_EXPORTS,
  });
  const pool = { threads, filename };
  slot.provide(pool);
  return pool;
}

/** Ends the threads, if there are any. */
export async function closeExportPool(): Promise<void> {
  await slot.find()?.threads.close();
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
    const { threads, filename } = slot.find() ?? openExportPool();
    return (await threads.run({
      task: { ...job, port: port2 },
      filename,
      signal: AbortSignal.any([signal, failed.signal, AbortSignal.timeout(EXPORT_TIMEOUT_MS)]),
      handedOver: [port2],
    })) as ExportAnswer;
  } catch (cause) {
    if (failed.signal.aborted) throw failed.signal.reason;
    throw new AppError("unavailable", "the pictures could not be put together in time", { cause });
  } finally {
    port1.close();
  }
}
