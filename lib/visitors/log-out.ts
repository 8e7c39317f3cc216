/** She logged out of the shop: what her browser kept opens nothing of hers any more. It is recorded, as that she came is (D11). */
import { verifyVisitorToken } from "@/lib/auth/tokens";
import { getDb } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

/** @throws AppError unauthorized for a token that is of another shop, or not her newest */
export async function logOut(visitorToken: string, shopId: ShopId): Promise<void> {
  const { visitorId, shopId: tokensShop, epoch } = await verifyVisitorToken(visitorToken);
  if (tokensShop !== shopId) throw new AppError("unauthorized", "visitor token of another shop");
  // Of two tabs that log out at once one is first, and it is one fact.
  const { count } = await getDb().visitor.updateMany({
    where: { id: visitorId, shopId, tokenEpoch: epoch },
    data: { tokenEpoch: { increment: 1 } },
  });
  if (count === 0) throw new AppError("unauthorized", "an older token of this visitor, or she is gone");
  await recordEvent({ type: "identity_left", shopId, conversationId: null, visitorId });
}
