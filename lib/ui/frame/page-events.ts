/**
 * What the shop's own analytics may be told of what happens in here, in GA4's words for its `dataLayer`
 * (https://developers.google.com/analytics/devguides/collection/ga4/reference/events). The loader hands it on only where
 * the shop wants it and the visitor's way may be recorded. Nothing of what is said, and nobody's name.
 */
import type { ProductCard } from "@/lib/protocol/chat";
import type { Line } from "@/lib/protocol/line";
import { minorDigits } from "@/lib/protocol/minor-digits";

interface PageEvent {
  readonly event: string;
  readonly ecommerce?: Readonly<Record<string, unknown>>;
}

/** Where a product was chosen from, so that a shop's reports can tell it from its own lists. */
const list = { item_list_id: "vetrina", item_list_name: "Vetrina" } as const;

export const conversationStarted: PageEvent = { event: "vetrina_conversation_started" };

export function recommendationOpened({ externalId, title }: ProductCard): PageEvent {
  return {
    event: "select_item",
    ecommerce: { ...list, items: [{ item_id: externalId, item_name: title, ...list }] },
  };
}

export function addedToCart({ id, quantity, unitMinor }: Line, currency: string): PageEvent {
  const major = (minor: number) => minor / 10 ** (minorDigits(currency) ?? 2);
  const items = [{ item_id: id, quantity, price: major(unitMinor), ...list }];
  // Multiplied before it is divided: three times 4.35 is 13.05 and not a bit less.
  return { event: "add_to_cart", ecommerce: { currency, value: major(unitMinor * quantity), items } };
}
