import type { CustomerOrderDetails } from "@/lib/protocol/customer-orders";

/**
 * What an agent tells of an order in the chat: its number and day, what the shop says of it, and its parcel, each on a line of its
 * own. Facts alone, so that it reads in any language; what is not known is left out.
 *
 * @param locale of whom it is written for
 * @param state the shop's word for where it is; empty when it has none
 */
export function orderInWords(order: CustomerOrderDetails, state: string, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(order.placedAt);
  return [
    [order.reference, day, state, order.deliveryDate],
    [order.carrier, order.trackingNumber],
    [order.trackingUrl],
  ]
    .map((line) => line.filter(Boolean).join(" · "))
    .filter(Boolean)
    .join("\n");
}
