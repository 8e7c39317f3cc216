import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { ConnectionProblem } from "./connection-problem";

/** Keeps with the connection how the last call went, for the admin to see; writes only what is new. */
export async function noteOutcome(shopId: ShopId, before: string | null, error: unknown): Promise<void> {
  const now = error instanceof ConnectionProblem ? error.problem : null;
  if (now === before) return;
  await getDb().shopConnection.updateMany({ where: { shopId }, data: { lastError: now } });
}
