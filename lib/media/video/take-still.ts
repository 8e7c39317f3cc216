import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { runFfmpeg } from "./ffmpeg";
import { STILL_TIMEOUT_MS } from "./video-limits";

export interface StillJob {
  readonly ffmpeg: string;
  /** A container that we wrote. */
  readonly input: string;
  readonly isWebm: boolean;
  readonly durationMs: number;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Milliseconds into a video at which most have begun; a short one has at a tenth of it. */
const SETTLED_MS = 1_000;
const SETTLED_PART = 0.1;
/** Where else a still is looked for, as parts of the whole. */
const LATER_PARTS = [0.33, 0.66, 0] as const;
/** Mean brightness, of 255, below which a picture is taken for black. */
const DARK = 12;
/** Longest side, pixels: that of the stage on a large screen. */
const LONGEST = 1_920;

/** An upright JPEG of the first moment that is not black; null where none can be read. */
export async function takeStill(job: StillJob): Promise<Uint8Array | null> {
  let dark: Uint8Array | null = null;
  const settled = Math.min(SETTLED_MS, job.durationMs * SETTLED_PART);
  for (const ms of [settled, ...LATER_PARTS.map((part) => job.durationMs * part)]) {
    const still = await takeAt(job, ms);
    if (still === null) continue;
    const { channels } = await sharp(still).greyscale().stats();
    if ((channels[0]?.mean ?? 0) >= DARK) return still;
    dark ??= still;
  }
  return dark;
}

async function takeAt(job: StillJob, ms: number): Promise<Uint8Array | null> {
  const output = join(job.folder, "still.jpg");
  const fit = `scale=min(iw\\,${LONGEST}):min(ih\\,${LONGEST}):force_original_aspect_ratio=decrease`;
  try {
    await runFfmpeg({
      program: job.ffmpeg,
      format: job.isWebm ? "matroska" : "mov",
      input: job.input,
      before: ["-ss", (ms / 1_000).toFixed(3)],
      after: [
        ...["-map", "0:v:0", "-an", "-frames:v", "1", "-map_metadata", "-1"],
        ...[
          "-vf",
          `scale=iw*sar:ih,setsar=1,${fit},format=yuvj420p`,
          "-q:v",
          "3",
          "-f",
          "image2",
          "-update",
          "1",
        ],
      ],
      output,
      timeoutMs: STILL_TIMEOUT_MS,
      signal: job.signal,
    });
    return await readFile(output);
  } catch {
    // A video without a poster is still a video; a later moment may be readable.
    job.signal.throwIfAborted();
    return null;
  } finally {
    await rm(output, { force: true });
  }
}
