/** She logged out of the shop: what her browser kept opens nothing of hers any more. */
import { requireNewestToken } from "@/lib/auth/require-visitor";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

/** @throws AppError unauthorized for a token that is of another shop, or not her newest */
export async function logOut(visitorToken: string, shopId: ShopId): Promise<void> {
  const visitor = await requireNewestToken(visitorToken);
  if (visitor.shopId !== shopId) throw new AppError("unauthorized", "visitor token of another shop");
  const where = { id: visitor.visitorId, shopId };
  await getDb().visitor.updateMany({ where, data: { tokenEpoch: { increment: 1 } } });
}
