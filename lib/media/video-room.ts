/** How much the videos of one shop's catalogue may take: a feed names as many as it likes, and they come by themselves. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import { removeUnshownVideos } from "./collect-garbage";
import { SHOP_VIDEO_GB } from "./media-limits";

const BYTES_PER_GB = 1_000_000_000;

/** Gigabytes of this installation. */
export const shopVideoGbSlot = processSlot<number>("shop-video-gb");

/**
 * For a further video of a shop's catalogue. Several processes that look at once may take one more each.
 * @throws AppError shop_full
 */
export async function requireVideoRoom(shopId: ShopId): Promise<void> {
  const most = shopVideoGbSlot.find() ?? SHOP_VIDEO_GB;
  const isFull = async () => (await videoBytesOf(shopId)) >= most * BYTES_PER_GB;
  if (!(await isFull())) return;
  // Those that a feed has replaced are kept for a while, for panels that show them.
  await removeUnshownVideos(shopId, new Date());
  if (await isFull()) throw new AppError("shop_full", `the shop's videos take ${most} GB`);
}

async function videoBytesOf(shopId: ShopId): Promise<number> {
  const where = { shopId, conversationId: null, videoType: { not: null } };
  const { _sum } = await getDb().asset.aggregate({ where, _sum: { videoBytes: true } });
  return _sum.videoBytes ?? 0;
}
