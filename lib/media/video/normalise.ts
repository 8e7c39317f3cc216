import { AppError } from "@/lib/protocol/errors";
import { runFfmpeg } from "./ffmpeg";
import { TooSlow } from "./leash";
import type { Repacked } from "./repack";
import { FPS_MARGIN, NORMAL_FPS, NORMAL_LONGEST, NORMALISE_TIMEOUT_MS } from "./video-limits";

export interface NormaliseJob {
  readonly ffmpeg: string;
  /** A container that we wrote. */
  readonly input: string;
  readonly output: string;
  readonly video: Repacked;
  readonly signal: AbortSignal;
  /** @param fraction 0 to 1 */
  readonly onProgress: (fraction: number) => void;
}

/** Plays everywhere as it is, and is no larger or faster than we want. */
export function isNormal(video: Repacked): boolean {
  return (
    video.isCommon &&
    !video.isHdr &&
    Math.max(video.width, video.height) <= NORMAL_LONGEST &&
    video.framesPerSecond <= NORMAL_FPS * FPS_MARGIN
  );
}

/** The size after normalising: even sides, because 4:2:0 halves them. */
export function normalSize({ width, height }: Pick<Repacked, "width" | "height">) {
  const scale = Math.min(1, NORMAL_LONGEST / Math.max(width, height));
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** H.264 High with AAC in an MP4 whose index comes first. @throws AppError broken_video, unavailable; the signal's reason */
export async function normalise(job: NormaliseJob): Promise<void> {
  const { width, height } = normalSize(job.video);
  // ffmpeg turns the picture upright before any filter of ours.
  const scale = `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`;
  try {
    // Not every ffmpeg can: colours a little pale are better than no video.
    if (job.video.isHdr && (await canTry(encode(job, `${TO_ORDINARY},${scale}`), job.signal))) return;
    await encode(job, scale);
  } catch (cause) {
    job.signal.throwIfAborted();
    if (cause instanceof TooSlow) {
      throw new AppError("unavailable", "the video could not be normalised in time", { cause });
    }
    throw new AppError("broken_video", cause instanceof Error ? cause.message : undefined, { cause });
  }
}

const canTry = (work: Promise<void>, signal: AbortSignal) =>
  work.then(
    () => true,
    (error: unknown) => {
      if (signal.aborted || error instanceof TooSlow) throw error;
      return false;
    },
  );

function encode(job: NormaliseJob, filters: string): Promise<void> {
  return runFfmpeg({
    program: job.ffmpeg,
    format: job.video.isWebm ? "matroska" : "mov",
    input: job.input,
    after: [
      ...["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1"],
      ...["-vf", filters, "-fpsmax", String(NORMAL_FPS), "-c:v", "libx264"],
      ...["-preset", "veryfast", "-profile:v", "high", "-crf", "23", "-maxrate", "6M", "-bufsize", "12M"],
      // A key frame every two seconds: seeking shows something at once.
      ...["-force_key_frames", "expr:gte(t,n_forced*2)", "-a53cc", "0"],
      ...["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"],
      ...["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"],
      ...["-movflags", "+faststart", "-f", "mp4"],
    ],
    output: job.output,
    timeoutMs: NORMALISE_TIMEOUT_MS,
    signal: job.signal,
    onTime: (seconds) => job.onProgress(Math.min(1, (seconds * 1_000) / Math.max(1, job.video.durationMs))),
  });
}

/** High dynamic range to what every screen shows; reference white as ITU-R BT.2408 has it, in nits. */
const TO_ORDINARY =
  "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv";
