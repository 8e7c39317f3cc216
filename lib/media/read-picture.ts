/**
 * The picture pipeline: a file as somebody sent it in, clean upright WebP files out. Knows no store, no database and no
 * conversation. Why WebP alone: docs/decisions.
 */
import { MessageChannel } from "node:worker_threads";
import { AppError } from "@/lib/protocol/errors";
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_PIXELS } from "@/lib/protocol/limits";
import {
  MAX_HEIC_PIXELS,
  MAX_WHOLE_LONGEST,
  READ_TIMEOUT_MS,
  RUNG_MARGIN,
  SIZE_RUNGS,
  TILE_SIZE,
  TILES_TIMEOUT_MS,
  USABLE_LONGEST,
} from "./media-limits";
import { byteLengthOf, sniffPicture } from "./picture-kind";
import { getPicturePool } from "./picture-pool";
import type { Picture } from "./picture-task";
import type { TileFolder } from "./tile-pack";

const limits = { maxPixels: MAX_UPLOAD_PIXELS, maxHeicPixels: MAX_HEIC_PIXELS };

/**
 * @param source the file's bytes, or its path
 * @param onUsable is told its smaller sizes once they are made, and says whether the larger ones shall be
 * @throws AppError unsupported_picture, broken_picture, too_large, too_many_pixels, unavailable; the signal's reason
 */
export async function readPicture(
  source: Uint8Array | string,
  signal?: AbortSignal,
  onUsable?: (picture: Picture) => Promise<boolean>,
): Promise<Picture> {
  const byteLength = await byteLengthOf(source);
  if (byteLength > MAX_UPLOAD_BYTES) throw new AppError("too_large", `${byteLength} bytes`);
  const kind = await sniffPicture(source);
  const line = onUsable ? new MessageChannel() : null;
  line?.port1.on("message", async (picture: Picture) => {
    line.port1.postMessage(await onUsable?.(picture));
  });
  const answer = await inTime(READ_TIMEOUT_MS, signal, (end) =>
    getPicturePool().read(
      {
        source: owned(source),
        kind,
        ...limits,
        maxWholeLongest: MAX_WHOLE_LONGEST,
        rungs: SIZE_RUNGS,
        rungMargin: RUNG_MARGIN,
        usableLongest: USABLE_LONGEST,
        port: line?.port2 ?? null,
      },
      end,
    ),
  ).finally(() => line?.port1.close());
  if (!answer.ok) throw new AppError(answer.code, answer.detail);
  return { width: answer.width, height: answer.height, files: answer.files };
}

/**
 * @param signal has to end it when nobody asks for the rest
 * @returns `usable` with its smaller sizes as soon as they are made; with `rest` the larger ones are made, too, and it has all.
 *   Both throw what readPicture does. `leave` frees its thread without them
 */
export function readInSteps(source: Uint8Array | string, signal: AbortSignal) {
  let say: (picture: Picture) => void = () => undefined;
  const said = new Promise<Picture>((resolve) => {
    say = resolve;
  });
  let answer: (goesOn: boolean) => void = () => undefined;
  const asked = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  const all = readPicture(source, signal, (picture) => {
    say(picture);
    return asked;
  });
  const usable = Promise.race([said, all]);
  // Whoever waits for one of them may not come to wait for the other.
  for (const one of [usable, all]) one.catch(() => undefined);
  return {
    usable,
    rest(): Promise<Picture> {
      answer(true);
      return all;
    },
    leave: () => answer(false),
  };
}

/** Whether all sizes of a picture are there: what a process that was killed has shown may have its smaller ones only. */
export const hasAllSizes = (picture: {
  readonly width: number;
  readonly height: number;
  readonly sizes: readonly number[];
}) =>
  Math.max(...picture.sizes) >=
  (needsTiles(picture) ? Math.max(...SIZE_RUNGS) : Math.max(picture.width, picture.height));

/** Whether a picture of this size is kept as tiles beside its smaller sizes. */
export const needsTiles = ({ width, height }: { readonly width: number; readonly height: number }) =>
  Math.max(width, height) > MAX_WHOLE_LONGEST;

/**
 * Cuts a picture that readPicture has taken into tiles.
 * @param folder empty; whoever calls removes it
 * @throws AppError those of readPicture; the signal's reason
 */
export async function cutTiles(
  source: Uint8Array | string,
  folder: string,
  signal?: AbortSignal,
): Promise<TileFolder> {
  const kind = await sniffPicture(source);
  const aboveLongest = Math.max(...SIZE_RUNGS);
  const answer = await inTime(TILES_TIMEOUT_MS, signal, (end) =>
    getPicturePool().cut(
      { source: owned(source), kind, ...limits, folder, tileSize: TILE_SIZE, aboveLongest },
      end,
    ),
  );
  if (!answer.ok) throw new AppError(answer.code, answer.detail);
  return { folder, tileSize: TILE_SIZE, levels: answer.levels };
}

/** A copy of our own can be handed over to a thread; the caller keeps its bytes. */
const owned = (source: Uint8Array | string) =>
  typeof source === "string" ? source : Uint8Array.from(source);

async function inTime<Answer>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (end: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  signal?.throwIfAborted();
  const late = AbortSignal.timeout(ms);
  try {
    return await work(signal ? AbortSignal.any([signal, late]) : late);
  } catch (error) {
    signal?.throwIfAborted();
    throw new AppError("unavailable", "the picture could not be read in time", { cause: error });
  }
}
