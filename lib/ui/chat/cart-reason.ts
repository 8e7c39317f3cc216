import type { CartReason } from "@/lib/protocol/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import type { Translate } from "@/lib/ui/messages/define";

const words: Readonly<Record<CartReason, ChatKey>> = {
  out_of_stock: "cartOutOfStock",
  gone: "cartGone",
  price_changed: "cartPriceChanged",
  "no-handler": "cartNoHandler",
  refused: "cartRefused",
  failed: "cartFailed",
  "no-answer": "cartNoAnswer",
};

const isOurs = (reason: string): reason is CartReason => Object.hasOwn(words, reason);

/** Why something is not in the cart: in the reader's language, or in the shop's own words. */
export function cartReason(reason: string, t: Translate<ChatKey>): string {
  if (isOurs(reason)) return t(words[reason]);
  return reason.trim() === "" ? t("cartRefused") : t("cartShopSays", { words: reason.trim() });
}
