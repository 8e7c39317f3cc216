/** The live screen's feed as server-sent events: `live` carries the whole snapshot. Managers and admins only. */
import { openMemberStream } from "@/lib/auth/member-stream";
import { getDb } from "@/lib/db/client";
import { deskWatch } from "@/lib/protocol/desk-watch";
import type { ShopId } from "@/lib/protocol/ids";
import { watchLive } from "./live-board";
import { loadLive } from "./load-live";

/** @throws AppError unauthorized, forbidden */
export function openLiveStream(headers: Headers, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  return openMemberStream({
    headers,
    signal,
    leastRole: "manager",
    start: ({ shopId }, send) =>
      watchLive(
        shopId,
        () => loadShopLive(shopId),
        (snapshot) => send("live", snapshot),
      ),
  });
}

/** As the shop is now; its time zone is read each time, since somebody may change it. */
export async function loadShopLive(shopId: ShopId) {
  const { timeZone } = await getDb().shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { timeZone: true },
  });
  const desks = deskWatch.find()?.openDesks(shopId) ?? [];
  return loadLive({ shopId, timeZone, now: new Date(), desks });
}
