import type { ErrorCode } from "@/lib/protocol/errors";
import { AppError } from "@/lib/protocol/errors";
import { workerPool } from "../worker-pool";
import {
  MAX_CHUNK_SAMPLES,
  MAX_CLAIMED_SAMPLES,
  MAX_EVEN_CHUNK_SAMPLES,
  MAX_INDEX_BYTES,
  MAX_OUTER_BOXES,
  MAX_PACKET_BYTES,
  MAX_VIDEO_BYTES,
  MAX_VIDEO_PACKETS,
  MAX_VIDEO_PIXELS,
  MAX_VIDEO_SECONDS,
  REPACK_TIMEOUT_MS,
} from "./video-limits";

const limits = {
  bytes: MAX_VIDEO_BYTES,
  seconds: MAX_VIDEO_SECONDS,
  pixels: MAX_VIDEO_PIXELS,
  packets: MAX_VIDEO_PACKETS,
  packetBytes: MAX_PACKET_BYTES,
  indexBytes: MAX_INDEX_BYTES,
  boxes: MAX_OUTER_BOXES,
  claimedSamples: MAX_CLAIMED_SAMPLES,
  chunkSamples: MAX_CHUNK_SAMPLES,
  evenChunkSamples: MAX_EVEN_CHUNK_SAMPLES,
};

/** What repack-worker.mjs is given and answers. */
export interface RepackTask {
  readonly path: string;
  readonly output: string;
  readonly limits: typeof limits;
}

export interface Repacked {
  /** As displayed, pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly framesPerSecond: number;
  /** WebM, else MP4. */
  readonly isWebm: boolean;
  /** 8-bit H.264 with AAC or silence: plays everywhere. */
  readonly isCommon: boolean;
  /** Brighter than ordinary screens show (HLG, PQ). */
  readonly isHdr: boolean;
}
type RepackAnswer =
  | ({ readonly ok: true } & Repacked)
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** Megabytes: the index of a long video as objects, and some packets. */
const MAX_HEAP_MB = 256;
/** Videos waiting for a thread; they wait on disk. */
const MAX_WAITING = 64;

const pool = workerPool<RepackTask, RepackAnswer>({
  name: "video-pool",
  file: ["video", "repack-worker.mjs"],
  maxHeapMb: MAX_HEAP_MB,
  maxQueue: MAX_WAITING,
});

/** @throws AppError unsupported_video, broken_video, video_too_long, too_many_pixels, unavailable; the signal's reason */
export async function repack(path: string, output: string, signal: AbortSignal): Promise<Repacked> {
  const patience = AbortSignal.timeout(REPACK_TIMEOUT_MS);
  const answer = await run({ path, output, limits }, signal, patience);
  if (!answer.ok) throw new AppError(answer.code, answer.detail);
  return answer;
}

async function run(task: RepackTask, signal: AbortSignal, patience: AbortSignal): Promise<RepackAnswer> {
  try {
    return await pool.run(task, AbortSignal.any([signal, patience]));
  } catch (cause) {
    signal.throwIfAborted();
    if (isOutOfMemory(cause)) throw new AppError("broken_video", "an index beyond all measure", { cause });
    throw new AppError("unavailable", "the video could not be read in time", { cause });
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** Ends the threads that read videos. */
export const closeVideoPool = () => pool.close();
