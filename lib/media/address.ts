import { signMediaToken } from "@/lib/auth/tokens";
import type { AssetId } from "@/lib/protocol/ids";
import { MEDIA_TOKEN_SECONDS } from "@/lib/protocol/limits";

export interface MediaSize {
  /** Longest side, pixels. */
  readonly longest: number;
  readonly url: string;
}

/**
 * Signed addresses, smallest first. They expire at the end of the window after the present one, so that all made
 * within one window are equal (the browser's cache works) and each is good for at least a whole window.
 */
export async function mediaSizes(
  asset: { readonly assetId: AssetId; readonly sizes: readonly number[] },
  now: number = Date.now(),
): Promise<MediaSize[]> {
  const windowMs = MEDIA_TOKEN_SECONDS * 1_000;
  const expiresAt = new Date((Math.floor(now / windowMs) + 2) * windowMs);
  const token = await signMediaToken(asset.assetId, expiresAt);
  return asset.sizes.map((longest) => ({ longest, url: `/media/${asset.assetId}/${longest}?t=${token}` }));
}
