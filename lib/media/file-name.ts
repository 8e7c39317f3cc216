/** Names of an asset's files, in whichever store. Nothing that anybody sent in ever becomes part of one. */
import { AppError } from "@/lib/protocol/errors";

declare const stored: unique symbol;
/** One of the names made here. */
export type FileName = string & { readonly [stored]: true };

const videoTypes = ["video/mp4", "video/webm"] as const;
export type VideoType = (typeof videoTypes)[number];
export const isVideoType = (type: unknown): type is VideoType => videoTypes.some((known) => known === type);

const extensionOf = { "video/mp4": "mp4", "video/webm": "webm" } as const;

/** One size of a picture, or of a video's poster. @throws AppError bad_request for what is no size */
export function sizeName(longest: number): FileName {
  if (!Number.isInteger(longest) || longest < 1) throw new AppError("bad_request", "no size");
  return `${longest}.webp` as FileName;
}

export const videoName = (type: VideoType): FileName => `video.${extensionOf[type]}` as FileName;

/** All tiles of a picture, one after the other; see tile-pack.ts. */
export const TILES_NAME = "tiles.pack" as FileName;

/** The file as it was sent, where a shop asks for that: whatever it is, it is never shown, only handed over. */
export const ORIGINAL_NAME = "original.bin" as FileName;

/** The name as a store lists it; null when it is none of ours. */
export function readFileName(name: string): FileName | null {
  return /^([1-9]\d{0,4}\.webp|video\.(mp4|webm)|tiles\.pack|original\.bin)$/.test(name)
    ? (name as FileName)
    : null;
}

/** The type under which a file of this name is kept and served. */
export function typeOf(name: FileName): string {
  if (name === videoName("video/mp4")) return "video/mp4";
  if (name === videoName("video/webm")) return "video/webm";
  return name === TILES_NAME || name === ORIGINAL_NAME ? "application/octet-stream" : "image/webp";
}
