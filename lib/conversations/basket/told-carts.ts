/** A cart that the shop's page tells settles what nobody knew, and confirms what her browser had said. */
import { getDb } from "@/lib/db/client";
import type { CartPort } from "@/lib/protocol/cart-port";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import { conversationIdSchema, shopIdSchema, type VisitorId } from "@/lib/protocol/ids";
import { tellOf } from "./answer";
import { type BasketFact, customer, recordBasket } from "./basket-facts";
import { changeBasket } from "./basket-rows";
import { seeInCart } from "./basket-rules";
import { findToldCart } from "./cart-claims";
import { tellBasket, type Word } from "./tell-basket";

/** How long after her yes a cart still says something about it, milliseconds: the visit. */
const LOOK_BACK_MS = 3_600_000;

export const toldCarts: CartPort = {
  cartTold(_shopId, visitorId) {
    takeToldCart(visitorId, new Date()).catch((error: unknown) => faultsSlot.find()?.(error));
  },
};

async function takeToldCart(visitorId: VisitorId, now: Date): Promise<void> {
  const waiting = await getDb().basketLine.findMany({
    where: {
      conversation: { visitorId },
      state: { in: ["putting", "refused", "in_cart"] },
      putAt: { gt: new Date(now.getTime() - LOOK_BACK_MS) },
      seenAt: null,
    },
    select: { conversationId: true, shopId: true },
    distinct: ["conversationId"],
  });
  if (waiting.length === 0) return;
  const cart = await findToldCart(visitorId);
  for (const row of waiting) {
    const place = {
      conversationId: conversationIdSchema.parse(row.conversationId),
      shopId: shopIdSchema.parse(row.shopId),
    };
    const facts: BasketFact[] = [];
    const words: Word[] = [];
    const changed = await changeBasket(place.conversationId, now, async ({ lines, save }) => {
      let any = false;
      for (const line of lines) {
        if (line.putAt === null || line.putAt >= cart.at) continue;
        const change = seeInCart(line, cart.piecesOf(line.externalId), now);
        if (!(await save(line, change))) continue;
        any = true;
        tellOf(line, change, "cart", { facts, words });
      }
      return any;
    });
    if (changed) await tellBasket(place.shopId, place.conversationId, words);
    await recordBasket(
      place,
      facts.map((fact) => ({ ...fact, by: customer(visitorId) })),
    );
  }
}
