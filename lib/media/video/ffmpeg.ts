/**
 * The system's ffmpeg on a short leash (./leash): bounded memory and threads beside, no network, and no other demuxer than the one
 * named.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { processSlot } from "@/lib/protocol/process-slot";
import { runOnLeash } from "./leash";

/** Where ffmpeg is; null where there is none, or none is wanted. */
export const ffmpegSlot = processSlot<string | null>("ffmpeg");

/** @param setting an absolute path or a name; "off" for none */
export async function findFfmpeg(setting: string, path: string): Promise<string | null> {
  if (setting === "off") return null;
  const places = setting.includes("/") ? [setting] : path.split(delimiter).map((each) => join(each, setting));
  for (const place of places) {
    const isThere = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return null;
}

/** Threads of one ffmpeg: more help little at full HD, and one core stays with the server. */
const MAX_THREADS = 3;
const FFMPEG_THREADS = Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));
/** Kilobytes of address space: decoding 4K and encoding full HD takes about 1 GB of it. */
const MAX_MEMORY_KB = 3_145_728;
/** Bytes of one allocation: a 4K frame of 16 bits and four channels is 75 MB. */
const MAX_ALLOCATION_BYTES = 268_435_456;

export interface FfmpegRun {
  readonly program: string;
  /** The demuxer, and the only one that may be reached. */
  readonly format: "mov" | "matroska";
  readonly input: string;
  /** Options before the input. */
  readonly before?: readonly string[];
  readonly after: readonly string[];
  readonly output: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** @param seconds of the output that are done */
  readonly onTime?: (seconds: number) => void;
}

/** @throws TooSlow; Error with ffmpeg's own last words; the signal's reason */
export function runFfmpeg(run: FfmpegRun): Promise<void> {
  return runOnLeash({
    program: run.program,
    words: [
      ...["-hide_banner", "-nostdin", "-loglevel", "error", "-y"],
      ...["-progress", "pipe:1", "-nostats", "-max_alloc", String(MAX_ALLOCATION_BYTES)],
      ...["-filter_threads", "1", "-threads", String(FFMPEG_THREADS)],
      ...["-protocol_whitelist", "file", "-format_whitelist", run.format, "-f", run.format],
      ...(run.before ?? []),
      ...["-i", `file:${run.input}`],
      ...run.after,
      ...["-threads", String(FFMPEG_THREADS)],
      `file:${run.output}`,
    ],
    // Arenas of malloc's count as address space, used or not.
    variables: { MALLOC_ARENA_MAX: "2", AV_LOG_FORCE_NOCOLOR: "1" },
    maxMemoryKb: MAX_MEMORY_KB,
    maxCpuSeconds: Math.ceil(run.timeoutMs / 1_000) * (FFMPEG_THREADS + 1),
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    onLine: (line) => {
      const micros = /^out_time_us=(\d+)$/.exec(line)?.[1];
      if (micros !== undefined) run.onTime?.(Number(micros) / 1_000_000);
    },
  });
}
