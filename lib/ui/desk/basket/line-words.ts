import type { BasketLine } from "@/lib/protocol/basket";
import { cartReason } from "@/lib/ui/chat/cart-reason";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import type { Translate } from "@/lib/ui/messages/define";

/** What has become of a line, to the agent. */
export function lineWords(
  line: BasketLine,
  t: Translate<BasketKey>,
  chat: Translate<ChatKey>,
  locale: string,
): string {
  switch (line.state) {
    case "proposed":
      if (line.beforeMinor !== null)
        return t("deskPriceChanged", { before: formatPrice(line.beforeMinor, line.currency, locale) });
      return t(line.reason === "not_enough" ? "deskFewerLeft" : "deskProposed");
    case "putting":
      return t("deskPutting");
    case "unknown":
      return t("deskUnknown");
    case "in_cart":
      return t(line.seen ? "deskInCart" : "deskClaimed");
    case "refused":
      return cartReason(line.reason, chat);
    case "declined":
      return t("deskDeclined");
    case "withdrawn":
      return t("deskWithdrawn");
  }
}
