/**
 * The system's ffmpeg as a child process on a short leash: bounded time, processor time, memory and threads, no network,
 * no other demuxer than the one named, no environment of ours, and ended by the signal.
 */
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { availableParallelism, setPriority } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { processSlot } from "@/lib/protocol/process-slot";

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
/** How much it steps back behind the server, from 0 to 19. */
const NICENESS = 10;
/** Characters of its complaint that are worth keeping. */
const MAX_COMPLAINT_CHARS = 500;

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

export class FfmpegTooSlow extends Error {
  override readonly name = "FfmpegTooSlow";
}

/** @throws FfmpegTooSlow; Error with ffmpeg's own last words; the signal's reason */
export function runFfmpeg(run: FfmpegRun): Promise<void> {
  const words = [
    ...["-hide_banner", "-nostdin", "-loglevel", "error", "-y"],
    ...["-progress", "pipe:1", "-nostats", "-max_alloc", String(MAX_ALLOCATION_BYTES)],
    ...["-filter_threads", "1", "-threads", String(FFMPEG_THREADS)],
    ...["-protocol_whitelist", "file", "-format_whitelist", run.format, "-f", run.format],
    ...(run.before ?? []),
    ...["-i", `file:${run.input}`],
    ...run.after,
    ...["-threads", String(FFMPEG_THREADS)],
    `file:${run.output}`,
  ];
  // The shell sets the bounds and becomes ffmpeg: one process, ended by its id.
  const bounds = `ulimit -v ${MAX_MEMORY_KB} 2>/dev/null; ulimit -t ${cpuSeconds(run)}; ulimit -c 0; exec "$@"`;
  const patience = AbortSignal.timeout(run.timeoutMs);
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", bounds, "sh", run.program, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      // Arenas of malloc's count as address space, used or not.
      env: {
        NODE_ENV: process.env.NODE_ENV,
        PATH: "/usr/bin:/bin",
        LC_ALL: "C",
        MALLOC_ARENA_MAX: "2",
        AV_LOG_FORCE_NOCOLOR: "1",
      },
      signal: AbortSignal.any([run.signal, patience]),
      killSignal: "SIGKILL",
    });
    if (child.pid !== undefined) stepBack(child.pid);
    let complaint = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      complaint = (complaint + text).slice(-MAX_COMPLAINT_CHARS);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const micros = /^out_time_us=(\d+)$/.exec(line)?.[1];
      if (micros !== undefined) run.onTime?.(Number(micros) / 1_000_000);
    });
    let failure: Error | null = null;
    child.on("error", (error) => {
      failure = error;
      // One that never ran does not end either.
      if (child.pid === undefined) reject(error);
    });
    // Only once it is gone: nobody may remove its folder before.
    child.on("close", (code) => {
      if (run.signal.aborted) reject(run.signal.reason);
      else if (patience.aborted) reject(new FfmpegTooSlow("ffmpeg took too long", { cause: failure }));
      else if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code}: ${complaint.trim()}`, { cause: failure }));
    });
  });
}

/** All threads together may work as long as the whole may take, so that one nobody waits for any more ends too. */
const cpuSeconds = (run: FfmpegRun) => Math.ceil(run.timeoutMs / 1_000) * (FFMPEG_THREADS + 1);

function stepBack(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already; its end is reported as such.
  }
}
