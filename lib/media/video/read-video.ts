/**
 * The video pipeline: a file as somebody sent it in, a clean one that can be sought by ranges out. Repacked always, so
 * that nothing but one picture and one sound track leaves; normalised where the system has ffmpeg. Knows no store, no
 * database and no conversation. Why both: docs/decisions.
 */
import { rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AppError } from "@/lib/protocol/errors";
import { ffmpegSlot } from "./ffmpeg";
import { isNormal, normalise, normalSize } from "./normalise";
import { type Repacked, repack } from "./repack";
import { takeStill } from "./take-still";
import { openTurns } from "./turns";
import { MAX_VIDEO_BYTES } from "./video-limits";

export interface Video {
  readonly type: "video/mp4" | "video/webm";
  /** In the folder that was given. */
  readonly path: string;
  /** As displayed, upright, pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  /** JPEG; null without ffmpeg. */
  readonly poster: Uint8Array | null;
  /** False: plays only where the browser knows its codec. */
  readonly normalised: boolean;
}

export interface VideoJob {
  readonly path: string;
  /** The caller's own, empty, on the same machine; removed by the caller. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** @param fraction 0 to 1 */
  readonly onProgress?: (fraction: number) => void;
}

/** Cores that one ffmpeg keeps busy. */
const CORES_EACH = 4;
const takeTurn = openTurns({
  name: "video-turns",
  atOnce: Math.max(1, Math.floor(availableParallelism() / CORES_EACH)),
});

/** How much of the whole repacking is, where normalising follows. */
const REPACKED_AT = 0.1;
const NORMALISED_AT = 0.95;

/**
 * @throws AppError too_large, unsupported_video, broken_video, video_too_long, too_many_pixels, unavailable
 * @throws the signal's reason; no process of ours is left then
 */
export async function readVideo({ path, folder, signal, onProgress }: VideoJob): Promise<Video> {
  signal.throwIfAborted();
  const { size } = await stat(path);
  if (size > MAX_VIDEO_BYTES) throw new AppError("too_large", `${size} bytes`);
  const report = (fraction: number) => onProgress?.(fraction);
  const repacked = join(folder, "repacked");
  const video = await repack(path, repacked, signal);
  report(REPACKED_AT);
  const ffmpeg = ffmpegSlot.find() ?? null;
  const finished =
    ffmpeg === null
      ? { ...asIs(video, repacked), poster: null }
      : await takeTurn(signal, () => finish({ ffmpeg, folder, repacked, video, signal, report }));
  report(1);
  return finished;
}

function asIs(video: Repacked, path: string) {
  return {
    type: video.isWebm ? ("video/webm" as const) : ("video/mp4" as const),
    path,
    width: video.width,
    height: video.height,
    durationMs: video.durationMs,
    normalised: video.isCommon,
  };
}

interface Finish {
  readonly ffmpeg: string;
  readonly folder: string;
  readonly repacked: string;
  readonly video: Repacked;
  readonly signal: AbortSignal;
  readonly report: (fraction: number) => void;
}

/** With ffmpeg: what plays everywhere, and a poster of it. */
async function finish({ ffmpeg, folder, repacked, video, signal, report }: Finish): Promise<Video> {
  const still = (input: string, isWebm: boolean) =>
    takeStill({ ffmpeg, input, isWebm, durationMs: video.durationMs, folder, signal });
  if (isNormal(video)) return { ...asIs(video, repacked), poster: await still(repacked, video.isWebm) };
  const output = join(folder, "normalised");
  const span = NORMALISED_AT - REPACKED_AT;
  await normalise({
    ffmpeg,
    input: repacked,
    output,
    video,
    signal,
    onProgress: (fraction) => report(REPACKED_AT + fraction * span),
  });
  await rm(repacked);
  const poster = await still(output, false);
  return { ...asIs({ ...video, ...normalSize(video), isWebm: false, isCommon: true }, output), poster };
}
