/** Videos that tests make with Debian's ffmpeg, and what it says about others. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export const FFMPEG = "/usr/bin/ffmpeg";
const run = promisify(execFile);

/** Two seconds of a moving test picture and a tone, unless said otherwise. */
export interface VideoRecipe {
  readonly picture?: string;
  /** Null for silence. */
  readonly sound?: string | null;
  /** Options of the output. */
  readonly words?: readonly string[];
}

export const H264 = [
  "-c:v",
  "libx264",
  "-preset",
  "ultrafast",
  "-pix_fmt",
  "yuv420p",
  "-c:a",
  "aac",
] as const;
export const HEVC = [
  ...["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"],
  ...["-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-c:a", "aac"],
] as const;
export const VP9 = [
  "-c:v",
  "libvpx-vp9",
  "-deadline",
  "realtime",
  "-cpu-used",
  "8",
  "-c:a",
  "libopus",
] as const;

export async function makeVideo(path: string, recipe: VideoRecipe = {}): Promise<string> {
  const { picture = "testsrc2=s=320x180:r=30:d=2", sound = "sine=d=2", words = H264 } = recipe;
  const sounds = sound === null ? [] : ["-f", "lavfi", "-i", sound];
  await ffmpeg("-f", "lavfi", "-i", picture, ...sounds, ...words, path);
  return path;
}

export async function ffmpeg(...words: readonly string[]): Promise<void> {
  await run(FFMPEG, ["-v", "error", "-nostdin", "-y", ...words]);
}

export interface Probed {
  readonly format: { readonly format_name: string; readonly tags?: Readonly<Record<string, string>> };
  readonly streams: readonly {
    readonly codec_name: string;
    readonly codec_type: string;
    readonly profile?: string;
    readonly pix_fmt?: string;
    readonly color_transfer?: string;
    readonly width?: number;
    readonly height?: number;
    readonly avg_frame_rate: string;
    readonly side_data_list?: readonly { readonly rotation?: number }[];
  }[];
  readonly chapters: readonly unknown[];
}

export async function probe(path: string): Promise<Probed> {
  const words = ["-show_format", "-show_streams", "-show_chapters", "-of", "json"];
  const { stdout } = await run("/usr/bin/ffprobe", ["-v", "error", ...words, path]);
  return JSON.parse(stdout);
}

/** Decodes all of it. @throws what ffmpeg complains about */
export async function playThrough(path: string): Promise<void> {
  const { stderr } = await run(FFMPEG, ["-v", "error", "-nostdin", "-i", path, "-f", "null", "-"]);
  if (stderr !== "") throw new Error(stderr);
}

/** The frame at a moment, as PNG, upright. */
export async function frameAt(path: string, seconds: number): Promise<Buffer> {
  const words = [
    "-ss",
    String(seconds),
    "-i",
    path,
    "-frames:v",
    "1",
    "-f",
    "image2pipe",
    "-c:v",
    "png",
    "-",
  ];
  const { stdout } = await run(FFMPEG, ["-v", "error", "-nostdin", ...words], {
    encoding: "buffer",
    maxBuffer: 100_000_000,
  });
  return stdout;
}
