import { stat } from "node:fs/promises";
import type { ShopId } from "@/lib/protocol/ids";
import { sizeName, videoName } from "./file-name";
import { type AssetOwner, type KeptAsset, keepAsset } from "./keep-asset";
import { readPicture } from "./read-picture";
import { inScratchFolder } from "./scratch-folder";
import type { NewFile } from "./store";
import { sha256Of } from "./store-picture";
import { readVideo, type Video } from "./video/read-video";
import { requireVideoRoom } from "./video-room";

interface SentVideo {
  /** Of the file as it was sent. */
  readonly path: string;
  readonly signal: AbortSignal;
}

interface ConversationVideo extends SentVideo {
  readonly owner: AssetOwner;
  /** Hidden from the shop's people at first. */
  readonly covered: boolean;
  readonly onProgress: (fraction: number) => void;
  /** Asked before a further one is read, not for one that is there; throws where there is none. */
  readonly requireRoom?: () => Promise<void>;
}

/** A video of the shop's catalogue. @throws AppError shop_full, those of readVideo; the signal's reason */
export const storeCatalogueVideo = ({ shopId, ...video }: SentVideo & { readonly shopId: ShopId }) =>
  storeConversationVideo({
    ...video,
    owner: { shopId, conversationId: null, participantId: null },
    covered: false,
    onProgress: () => undefined,
    requireRoom: () => requireVideoRoom(shopId),
  });

/**
 * A video somebody put into a conversation, with a poster where the system can make one.
 * @throws AppError those of readVideo; the signal's reason
 */
export async function storeConversationVideo(video: ConversationVideo): Promise<KeptAsset> {
  const { owner, covered, path, signal, onProgress, requireRoom } = video;
  return inScratchFolder(async (folder) =>
    keepAsset(owner, await sha256Of(path), async () => {
      await requireRoom?.();
      const read = await readVideo({ path, folder, signal, onProgress });
      const poster = await readPoster(read);
      const { width, height, type, durationMs, normalised } = read;
      return {
        facts: {
          ...{ width, height, durationMs, covered },
          sizes: poster.sizes,
          videoType: type,
          videoBytes: (await stat(read.path)).size,
          playsAnywhere: normalised,
        },
        files: [{ name: videoName(type), path: read.path }, ...poster.files],
      };
    }),
  );
}

async function readPoster({ poster }: Video): Promise<{ sizes: number[]; files: NewFile[] }> {
  if (poster === null) return { sizes: [], files: [] };
  const { files } = await readPicture(poster);
  return {
    sizes: files.map(({ longest }) => longest),
    files: files.map(({ longest, bytes }) => ({ name: sizeName(longest), bytes })),
  };
}
