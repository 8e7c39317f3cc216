import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

/** How many files a shop keeps as they were sent, and how many bytes they are. */
export async function countOriginals(
  shopId: ShopId,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const { _count, _sum } = await getDb().asset.aggregate({
    where: { shopId, originalType: { not: null } },
    _count: true,
    _sum: { originalBytes: true },
  });
  return { files: _count, bytes: _sum.originalBytes ?? 0 };
}
