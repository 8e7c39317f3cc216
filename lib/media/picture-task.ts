/** What the picture pool's workers (picture-worker.mjs, tile-worker.mjs) are given, and what they answer. */
import type { MessagePort } from "node:worker_threads";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { PictureKind } from "./picture-kind";
import type { TileFolder } from "./tile-pack";

export interface PictureSource {
  /** The file's bytes, or its path. */
  readonly source: Uint8Array | string;
  readonly kind: PictureKind;
}

export interface DecodeLimits {
  readonly maxPixels: number;
  readonly maxHeicPixels: number;
}

export interface PictureTask extends PictureSource, DecodeLimits {
  /** Longest side of a picture that is kept whole, pixels. */
  readonly maxWholeLongest: number;
  readonly rungs: readonly number[];
  readonly rungMargin: number;
  /** Longest side of the sizes that are said first, pixels. */
  readonly usableLongest: number;
  /** Is said a Picture of these sizes, and answers whether the others shall be made; null for who waits for all. */
  readonly port: MessagePort | null;
}

export interface TileTask extends PictureSource, DecodeLimits {
  /** Empty, and the worker's own until it answers. */
  readonly folder: string;
  readonly tileSize: number;
  /** Levels whose longest side, in pixels, is no larger are left out. */
  readonly aboveLongest: number;
}

interface PictureFile {
  /** Longest side, pixels. */
  readonly longest: number;
  /** WebP. */
  readonly bytes: Uint8Array;
}

export interface Picture {
  /** Upright, pixels: of the picture itself, which may be larger than the largest file. */
  readonly width: number;
  readonly height: number;
  /** Smallest first; never empty. */
  readonly files: readonly PictureFile[];
}

type Answer<Result> =
  | ({ readonly ok: true } & Result)
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };
export type PictureAnswer = Answer<Picture>;
export type TileAnswer = Answer<Pick<TileFolder, "levels">>;
