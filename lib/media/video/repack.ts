/**
 * Reads a stranger's video in a process of its own: what a container claims can make a demuxer take all memory, and V8 then ends
 * the process that it runs in, whatever the limits of a thread.
 */
import * as z from "zod/mini";
import { AppError, errorCodes } from "@/lib/protocol/errors";
import { mediaFile, threadsOf } from "../thread-pool";
import { EndedBadly, runOnLeash } from "./leash";
import { openTurns } from "./turns";
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
  REPACK_CPU_SECONDS,
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

/** What repack-process.mjs is given. */
export interface RepackTask {
  readonly path: string;
  readonly output: string;
  readonly limits: typeof limits;
}

const repackedSchema = z.object({
  ok: z.literal(true),
  /** As displayed, pixels. */
  width: z.number(),
  height: z.number(),
  durationMs: z.number(),
  framesPerSecond: z.number(),
  /** WebM, else MP4. */
  isWebm: z.boolean(),
  /** 8-bit H.264 with AAC or silence: plays everywhere. */
  isCommon: z.boolean(),
  /** Brighter than ordinary screens show (HLG, PQ). */
  isHdr: z.boolean(),
});
/** What it prints, as JSON. */
const answerSchema = z.discriminatedUnion("ok", [
  repackedSchema,
  z.object({ ok: z.literal(false), code: z.enum(errorCodes), detail: z.string() }),
]);
export type Repacked = z.infer<typeof repackedSchema>;

/** Megabytes: the index of a long video as objects, and some packets. */
const MAX_HEAP_MB = 256;
/** Processes at once. */
const MAX_PROCESSES = 2;
const takeTurn = openTurns({ name: "repack-turns", atOnce: threadsOf(MAX_PROCESSES) });

/** @throws AppError unsupported_video, broken_video, video_too_long, too_many_pixels, unavailable; the signal's reason */
export async function repack(path: string, output: string, signal: AbortSignal): Promise<Repacked> {
  const patience = AbortSignal.timeout(REPACK_TIMEOUT_MS);
  try {
    const either = AbortSignal.any([signal, patience]);
    const answer = await takeTurn(either, () => run({ path, output, limits }, either));
    if (!answer.ok) throw new AppError(answer.code, answer.detail);
    return answer;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    signal.throwIfAborted();
    // Ended by a bound of its own: nothing that the machine's load would explain.
    if (cause instanceof EndedBadly && cause.by !== null) {
      throw new AppError("broken_video", `beyond all measure (${cause.by})`, { cause });
    }
    throw new AppError("unavailable", "the video could not be read in time", { cause });
  }
}

async function run(task: RepackTask, signal: AbortSignal) {
  let printed = "";
  await runOnLeash({
    program: process.execPath,
    words: [
      `--max-old-space-size=${MAX_HEAP_MB}`,
      mediaFile("video", "repack-process.mjs"),
      JSON.stringify(task),
    ],
    maxCpuSeconds: REPACK_CPU_SECONDS,
    timeoutMs: REPACK_TIMEOUT_MS,
    signal,
    onLine: (line) => {
      printed = line;
    },
  });
  return answerSchema.parse(JSON.parse(printed));
}
