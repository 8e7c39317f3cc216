import { getDb } from "@/lib/db/client";

/** How long it can be seen what was sent, milliseconds: 30 days. */
const KEEP_MS = 30 * 86_400_000;

/** Messages that were sent, or given up, long ago; and those that nobody took while an endpoint was switched off. */
export async function deleteOldDeliveries(now: Date): Promise<void> {
  await getDb().webhookDelivery.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - KEEP_MS) } },
  });
}
