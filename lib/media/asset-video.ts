import type { Asset } from "@/lib/db/client";
import { isVideoType, type VideoType } from "./file-name";

/** What has to be known of a video to play it. */
export interface AssetVideo {
  readonly type: VideoType;
  /** False: only browsers that know its codec can. */
  readonly playsAnywhere: boolean;
}

/** Null for a picture. */
export const videoOf = ({
  videoType,
  playsAnywhere,
}: Pick<Asset, "videoType" | "playsAnywhere">): AssetVideo | null =>
  isVideoType(videoType) ? { type: videoType, playsAnywhere } : null;
