/** What is asked of an address, and what becomes of its answer: a picture is read at once, a video from a file. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { OutsideAnswer } from "@/lib/http/outside/outside-answer";
import { inScratchFolder } from "@/lib/media/scratch-folder";
import { storeCataloguePicture } from "@/lib/media/store-picture";
import { storeCatalogueVideo } from "@/lib/media/store-video";
import { MAX_VIDEO_BYTES } from "@/lib/media/video/video-limits";
import { requireVideoRoom } from "@/lib/media/video-room";
import { AppError } from "@/lib/protocol/errors";
import type { AssetId, ShopId } from "@/lib/protocol/ids";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import type { WishKind } from "./places";

interface TakeIn {
  readonly accept: string;
  readonly maxBytes: number;
  /** Milliseconds from the question to the last byte. */
  readonly timeoutMs: number;
  /** Where the answer is a page. */
  noPage(): AppError;
  /** Asked before the address is. @throws AppError shop_full */
  requireRoom(shopId: ShopId): Promise<void>;
  /** @throws AppError those of the answer's body and of the media pipeline; the signal's reason */
  store(shopId: ShopId, answer: OutsideAnswer, signal: AbortSignal): Promise<AssetId>;
}

export const takeIn: Readonly<Record<WishKind, TakeIn>> = {
  picture: {
    accept: "image/*",
    maxBytes: MAX_UPLOAD_BYTES,
    timeoutMs: 60_000,
    noPage: () => new AppError("unsupported_picture", "the address answers with a page, not with a picture"),
    requireRoom: async () => undefined,
    async store(shopId, answer) {
      return (await storeCataloguePicture({ shopId, bytes: await answer.bytes() })).assetId;
    },
  },
  video: {
    accept: "video/*",
    maxBytes: MAX_VIDEO_BYTES,
    // 200 MB over a line of 3 Mbit a second.
    timeoutMs: 600_000,
    noPage: () => new AppError("unsupported_video", "the address answers with a page, not with a video"),
    requireRoom: requireVideoRoom,
    store: (shopId, answer, signal) =>
      inScratchFolder(async (folder) => {
        const path = join(folder, "sent");
        await pipeline(answer.body, createWriteStream(path), { signal });
        return (await storeCatalogueVideo({ shopId, path, signal })).assetId;
      }),
  },
};
