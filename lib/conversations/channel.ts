/** By which way a conversation comes, decided when it begins by what the server knows then (SPEC.md, CO84). */
import { getDb } from "@/lib/db/client";
import type { Channel } from "@/lib/protocol/channels";
import { deskWatch } from "@/lib/protocol/desk-watch";
import type { Asker } from "./open-conversation";

/** Who presses an invitation and then thinks about what to write still came by it. Milliseconds. */
export const INVITED_WITHIN_MS = 30 * 60_000;

export async function channelOf({ shopId, visitorId }: Asker, now: Date): Promise<Channel> {
  const since = new Date(now.getTime() - INVITED_WITHIN_MS);
  const invited = await getDb().event.findFirst({
    where: { visitorId, shopId, type: "invitation_opened", occurredAt: { gte: since } },
    select: { id: true },
  });
  if (invited !== null) return "invitation";
  const desks = deskWatch.find()?.openDesks(shopId) ?? [];
  return desks.length > 0 ? "chat" : "message";
}
