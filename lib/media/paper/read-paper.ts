/**
 * The paper pipeline: a PDF as somebody sent it in, its pages as upright PNGs on white out. Knows no store, no database
 * and no conversation; each page goes the way of a picture from here. Why PDFium in WebAssembly: docs/decisions.
 */
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";
import { mediaFile, openThreads, type ThreadPool } from "../thread-pool";
import {
  MAX_PAGE_SCALE,
  MAX_PAPER_BYTES,
  MAX_PAPER_MEMORY_BYTES,
  MAX_PAPER_PAGES,
  PAGE_LONGEST,
  PAGE_TIMEOUT_MS,
  PAPER_TIMEOUT_MS,
} from "./paper-limits";

export interface PaperPage {
  /** From 1. */
  readonly page: number;
  /** Of the whole paper. */
  readonly pages: number;
  /** PNG, upright, without transparency, at most PAGE_LONGEST a side. */
  readonly bytes: Uint8Array;
}

/** What page-worker.mjs is given and answers. */
export interface PageTask {
  readonly bytes: Uint8Array;
  readonly page: number;
  readonly maxPages: number;
  readonly longest: number;
  readonly maxScale: number;
  readonly maxMemoryBytes: number;
}
type PageAnswer =
  /** Null for a page that cannot be read in a paper that can. */
  | ({ readonly ok: true; readonly bytes: Uint8Array | null } & Omit<PaperPage, "bytes">)
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** A PDF's first bytes. Readers look for them in the first kilobyte; we want them first, so that a file is one thing only. */
const SIGNATURE = "%PDF-";
/** Each may hold a whole paper and a painted page. */
const MAX_THREADS = 2;
const MAX_HEAP_MB = 128;
/** Pages waiting for a thread: each paper waits with one. */
const MAX_WAITING = 24;

const slot = processSlot<ThreadPool<PageTask>>("paper-pool");

function openPool(): ThreadPool<PageTask> {
  const pool = openThreads<PageTask>({
    maxThreads: MAX_THREADS,
    maxHeapMb: MAX_HEAP_MB,
    maxWaiting: MAX_WAITING,
  });
  slot.provide(pool);
  return pool;
}

/**
 * The pages one after the other, each painted when it is asked for; without those that cannot be read, if others can.
 * @throws AppError too_large, unsupported_paper, broken_paper, too_many_pages, paper_locked, unavailable
 * @throws the signal's reason
 */
export async function* readPaper(bytes: Uint8Array, signal: AbortSignal): AsyncGenerator<PaperPage> {
  if (bytes.byteLength > MAX_PAPER_BYTES) throw new AppError("too_large", `${bytes.byteLength} bytes`);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SIGNATURE.length));
  if (head.toString("latin1") !== SIGNATURE) throw new AppError("unsupported_paper", "no PDF");
  // One copy that all threads read, instead of one a page.
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  shared.set(bytes);
  const total = AbortSignal.timeout(PAPER_TIMEOUT_MS);
  let [pages, read] = [1, 0];
  for (let page = 1; page <= pages; page++) {
    const answer = await paint(shared, page, signal, total);
    if (!answer.ok) throw new AppError(answer.code, answer.detail);
    pages = answer.pages;
    if (answer.bytes === null) continue;
    read++;
    yield { page, pages, bytes: answer.bytes };
  }
  if (read === 0) throw new AppError("broken_paper", "no page can be read");
}

async function paint(
  bytes: Uint8Array,
  page: number,
  signal: AbortSignal,
  total: AbortSignal,
): Promise<PageAnswer> {
  signal.throwIfAborted();
  const task = {
    bytes,
    page,
    maxPages: MAX_PAPER_PAGES,
    longest: PAGE_LONGEST,
    maxScale: MAX_PAGE_SCALE,
    maxMemoryBytes: MAX_PAPER_MEMORY_BYTES,
  };
  const patience = AbortSignal.timeout(PAGE_TIMEOUT_MS);
  try {
    return (await (slot.find() ?? openPool()).run({
      task,
      filename: mediaFile("paper", "page-worker.mjs"),
      signal: AbortSignal.any([signal, total, patience]),
    })) as PageAnswer;
  } catch (cause) {
    signal.throwIfAborted();
    throw new AppError("unavailable", `page ${page} could not be read in time`, { cause });
  }
}

/** Ends the threads that read papers. */
export async function closePaperPool(): Promise<void> {
  await slot.find()?.close();
}
