import type { BrowserEvent } from "@/lib/protocol/events";
import type { Line } from "@/lib/protocol/line";
import { cleanAddress, cleanText } from "./clean-claim";
import type { ResolvedProduct } from "./resolve-products";

/** Largest PostgreSQL integer; a claimed total above it is stored as this. Minor units. */
const MAX_MINOR = 2_147_483_647;

type Resolve = ReadonlyMap<string, ResolvedProduct>;

/** The shop's ids a batch names, cleaned, to be looked up at once. */
export function namedIds(events: readonly BrowserEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case "product_viewed":
        return [cleanText(event.productId)];
      case "cart_changed":
      case "order_placed":
        return event.lines.map((line) => cleanText(line.id));
      default:
        return [];
    }
  });
}

/** Columns and data of one claimed event. */
export function claimedRow(event: BrowserEvent, resolved: Resolve) {
  switch (event.type) {
    case "page_viewed":
      return { type: event.type, data: { url: cleanAddress(event.url), title: cleanText(event.title) } };
    case "product_viewed": {
      const externalId = cleanText(event.productId);
      const product = resolved.get(externalId);
      return {
        type: event.type,
        externalId,
        productId: product?.productId ?? null,
        variantId: product?.variantId ?? null,
        data: {
          url: cleanAddress(event.url),
          title: cleanText(event.title),
          image: cleanAddress(event.image ?? ""),
        },
      };
    }
    case "cart_changed":
      return {
        type: event.type,
        data: { currency: event.currency, lines: event.lines.map((line) => claimedLine(line, resolved)) },
      };
    case "order_placed":
      return {
        type: event.type,
        data: {
          orderId: cleanText(event.orderId),
          currency: event.currency,
          totalMinor: boundedMinor(event.totalMinor),
        },
      };
    case "context_told":
      return {
        type: event.type,
        data: {
          values: event.values.map(({ name, value }) => ({ name: cleanText(name), value: cleanText(value) })),
        },
      };
  }
}

/** What is kept of an event that is nobody's: that a page, or a product, was looked at. Null: nothing. */
export function anonymousRow(event: BrowserEvent, resolved: Resolve) {
  if (event.type === "page_viewed") return { type: event.type, data: {} };
  if (event.type !== "product_viewed") return null;
  const product = resolved.get(cleanText(event.productId));
  // An unknown id could be anything that a page calls a product; it is not kept.
  return product === undefined ? null : { type: event.type, ...product, data: {} };
}

/** A line with what its id stands for; `productId` null when the catalogue does not know it. */
export function claimedLine(line: Line, resolved: Resolve) {
  const externalId = cleanText(line.id);
  const product = resolved.get(externalId);
  return {
    externalId,
    productId: product?.productId ?? null,
    variantId: product?.variantId ?? null,
    quantity: line.quantity,
    unitMinor: line.unitMinor,
  };
}

export function boundedMinor(minor: number): number {
  return Math.min(minor, MAX_MINOR);
}
