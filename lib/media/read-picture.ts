/**
 * The picture pipeline: bytes as somebody sent them in, clean upright WebP files out. Knows no store, no database
 * and no conversation. Why WebP alone: docs/decisions.
 */
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_PIXELS } from "@/lib/protocol/limits";
import {
  MAX_HEIC_PIXELS,
  MAX_STORED_LONGEST,
  READ_TIMEOUT_MS,
  RUNG_MARGIN,
  SIZE_RUNGS,
} from "./media-limits";
import { type PictureKind, sniffPicture } from "./picture-kind";
import { getPicturePool } from "./picture-pool";

export interface PictureFile {
  /** Longest side, pixels. */
  readonly longest: number;
  /** WebP. */
  readonly bytes: Uint8Array;
}

export interface Picture {
  /** Of the largest file, upright, pixels. */
  readonly width: number;
  readonly height: number;
  /** Smallest first; never empty. */
  readonly files: readonly PictureFile[];
}

/** What picture-worker.mjs is given and answers. */
export interface PictureTask {
  readonly bytes: Uint8Array;
  readonly kind: PictureKind;
  readonly maxPixels: number;
  readonly maxHeicPixels: number;
  readonly maxLongest: number;
  readonly rungs: readonly number[];
  readonly rungMargin: number;
}
export type PictureAnswer =
  | ({ readonly ok: true } & Picture)
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/** @throws AppError unsupported_picture, broken_picture, too_large, too_many_pixels, unavailable */
export async function readPicture(bytes: Uint8Array): Promise<Picture> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) throw new AppError("too_large", `${bytes.byteLength} bytes`);
  const kind = await sniffPicture(bytes);
  const answer = await runOnWorker({
    // A copy of our own can be handed over to the thread; the caller keeps its bytes.
    bytes: Uint8Array.from(bytes),
    kind,
    maxPixels: MAX_UPLOAD_PIXELS,
    maxHeicPixels: MAX_HEIC_PIXELS,
    maxLongest: MAX_STORED_LONGEST,
    rungs: SIZE_RUNGS,
    rungMargin: RUNG_MARGIN,
  });
  if (!answer.ok) throw new AppError(answer.code, answer.detail);
  return { width: answer.width, height: answer.height, files: answer.files };
}

async function runOnWorker(task: PictureTask): Promise<PictureAnswer> {
  try {
    return await getPicturePool().read(task, AbortSignal.timeout(READ_TIMEOUT_MS));
  } catch (error) {
    throw new AppError("unavailable", "the picture could not be read in time", { cause: error });
  }
}
