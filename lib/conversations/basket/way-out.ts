/** For a shop whose page takes no lines from us: the address at which a browser puts this one into the cart (CO100). */
import { findCartAddress } from "@/lib/catalogue/adapters/cart-address";
import type { CartReason } from "@/lib/protocol/basket";
import type { Claims } from "@/lib/sync/server/ports";
import { viewOf } from "../view-of";
import { changeBasket, findLine, listLines } from "./basket-rows";
import { tellBasket } from "./tell-basket";

const NO_HANDLER: CartReason = "no-handler";

/** After a try was settled. The shop's system is asked outside of any transaction: nobody else's yes waits for it. */
export async function offerWayOut(
  of: { readonly lineId: string; readonly attempt: string },
  by: Claims,
  now: Date,
): Promise<void> {
  const { conversationId, shopId } = by;
  const refused = findLine(await listLines(conversationId), of.lineId);
  if (refused.state !== "refused" || refused.reason !== NO_HANDLER) return;
  const { externalId: variantId, quantity } = refused;
  const cartUrl = await findCartAddress(await viewOf(by), { variantId, quantity });
  const isNew = await changeBasket(conversationId, now, async ({ line, save }) => {
    const still = line(of.lineId);
    // She may have tried again meanwhile, with another quantity.
    const same = still.state === "refused" && still.attempt === of.attempt && still.cartUrl !== cartUrl;
    return same && save(still, { cartUrl });
  });
  if (isNew) await tellBasket(shopId, conversationId);
}
