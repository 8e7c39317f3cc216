/** How what shop pages tell of carts reaches the baskets of conversations, without either knowing the other. */
import type { ShopId, VisitorId } from "./ids";
import { processSlot } from "./process-slot";

export interface CartPort {
  /** A visitor's page told a cart, and it is stored. Cheap, never throws. */
  cartTold(shopId: ShopId, visitorId: VisitorId): void;
}

export const cartPort = processSlot<CartPort>("cart-port");
