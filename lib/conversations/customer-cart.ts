/** A customer's cart by the word of the shop's own system (CO99). For members of her shop only; nothing is stored. */
import { loadCustomerCart } from "@/lib/catalogue/adapters/customer-orders";
import type { CustomerCart } from "@/lib/protocol/customer-cart";
import { type ConversationAccess, requireMemberOf } from "./conversation-access";
import { findWho, orNothing } from "./customer-orders";

/** Lines shown; a cart of more is seldom a shopper's. */
const MAX_LINES = 50;

export async function loadCartOf(access: ConversationAccess): Promise<CustomerCart> {
  requireMemberOf(access, "agent");
  const { personId } = await findWho(access);
  const live = await orNothing(personId === null ? null : loadCustomerCart(access.shopId, personId));
  if (!live?.value) return { cart: null };
  const { currency, totalMinor, lines } = live.value;
  return {
    cart: {
      ...{ asOf: live.asOf.getTime(), currency, totalMinor },
      lines: lines.slice(0, MAX_LINES).map(({ externalId, ...line }) => ({ id: externalId, ...line })),
    },
  };
}
