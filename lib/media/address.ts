/** Addresses of an asset's files: signed, for one reader, and gone after a while. */
import { type MediaReader, signMediaToken } from "@/lib/auth/media-token";
import type { AssetId } from "@/lib/protocol/ids";
import { MEDIA_TOKEN_SECONDS } from "@/lib/protocol/limits";
import { type VideoType, videoName } from "./file-name";

export interface MediaSize {
  /** Longest side, pixels. */
  readonly longest: number;
  readonly url: string;
}

export type { MediaReader };

/**
 * Smallest first. Addresses expire at the end of the window after the present one, so that all made within one window
 * are equal (the browser's cache works) and each is good for at least a whole window.
 * @param reader null for pictures of a catalogue, which are anybody's whom we tell
 */
export async function mediaSizes(
  asset: { readonly assetId: AssetId; readonly sizes: readonly number[] },
  reader: MediaReader | null,
  now: number = Date.now(),
): Promise<MediaSize[]> {
  const query = queryFor(asset.assetId, reader, now);
  return asset.sizes.map((longest) => ({ longest, url: `/media/${asset.assetId}/${longest}${query}` }));
}

/** Of a video's file. */
export const videoAddress = (assetId: AssetId, type: VideoType, reader: MediaReader | null): string =>
  `/media/${assetId}/${videoName(type)}${queryFor(assetId, reader, Date.now())}`;

/** Of a picture's tiles: `{level}`, `{column}` and `{row}` stand for the tile. */
export const tileAddress = (assetId: AssetId, reader: MediaReader | null): string =>
  `/media/${assetId}/tiles/{level}/{column}_{row}${queryFor(assetId, reader, Date.now())}`;

/** Of the file as it was sent, for one of the shop's people. */
export const originalAddress = (assetId: AssetId, reader: MediaReader): string =>
  `/media/${assetId}/original${queryFor(originalSubject(assetId), reader, Date.now())}`;

/** What its token is signed for: one for the sizes does not open the file itself. */
export const originalSubject = (assetId: AssetId): string => `${assetId}/original`;

function queryFor(subject: string, reader: MediaReader | null, now: number): string {
  const windowMs = MEDIA_TOKEN_SECONDS * 1_000;
  const expiresAt = new Date((Math.floor(now / windowMs) + 2) * windowMs);
  return `?t=${signMediaToken(subject, reader, expiresAt)}`;
}
