import { getDb } from "@/lib/db/client";

/**
 * How long a delivery is known again, milliseconds: 30 days. Platforms redeliver for days; what somebody replays after that
 * is an older version of an order, or a refund that is known by its id.
 */
const KEEP_MS = 30 * 86_400_000;

export async function deleteOldInboundDeliveries(now: Date): Promise<void> {
  await getDb().inboundDelivery.deleteMany({
    where: { receivedAt: { lt: new Date(now.getTime() - KEEP_MS) } },
  });
}
