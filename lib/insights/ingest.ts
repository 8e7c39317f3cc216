/**
 * Takes in what a shop's page claims to have seen. Everything here is a browser's word: bounded, cleaned, marked as such,
 * and never able to change what is already recorded. The route has verified the visitor token before it calls.
 */

import { cartPort } from "@/lib/protocol/cart-port";
import { deskPort } from "@/lib/protocol/desk-port";
import { AppError } from "@/lib/protocol/errors";
import type { BrowserEvent } from "@/lib/protocol/events";
import type { ShopId, VisitorId } from "@/lib/protocol/ids";
import { MAX_EVENTS_PER_BATCH } from "@/lib/protocol/limits";
import { anonymousRow, claimedRow, namedIds } from "./internal/claimed-rows";
import { isCrawler } from "./internal/crawler";
import { eventIdOf } from "./internal/event-id";
import { insertClaims } from "./internal/insert-claims";
import { type ClaimedOrder, insertOrder } from "./internal/insert-order";
import { isCredible } from "./internal/is-credible";
import { queueCartMessages } from "./internal/queue-cart-messages";
import { resolveProducts } from "./internal/resolve-products";
import { settleTimes } from "./internal/settle-times";

export interface EventBatch {
  readonly shopId: ShopId;
  /** Null: only that pages and products were looked at may be recorded, not by whom. */
  readonly visitorId: VisitorId | null;
  readonly events: readonly BrowserEvent[];
  readonly receivedAt: Date;
  /** The request's User-Agent; self-declared bots leave no trace. */
  readonly userAgent?: string | null;
}

export interface Ingested {
  /** Events that were new. */
  readonly stored: number;
  /** Orders that were new. */
  readonly orders: number;
}

/** Stands for the visitor in the ids of events that are nobody's; no visitor's id is a word. */
const NOBODY = "nobody";

/** @throws AppError too_large for more than MAX_EVENTS_PER_BATCH events. */
export async function ingestBatch(batch: EventBatch): Promise<Ingested> {
  const { shopId, visitorId, receivedAt } = batch;
  if (batch.events.length > MAX_EVENTS_PER_BATCH) {
    throw new AppError("too_large", "too many events in one batch");
  }
  const events = batch.events.filter(isCredible);
  if (events.length === 0 || isCrawler(batch.userAgent)) return { stored: 0, orders: 0 };

  const resolved = await resolveProducts(shopId, namedIds(events));
  const times = settleTimes(
    events.map((event) => event.at),
    receivedAt.getTime(),
  );
  const claims = events.map((event, i) => ({
    event,
    occurredAt: new Date(times[i] ?? receivedAt.getTime()),
  }));

  const stored = await insertClaims(
    claims.flatMap(({ event, occurredAt }) => {
      const row = visitorId === null ? anonymousRow(event, resolved) : claimedRow(event, resolved);
      const id = eventIdOf(shopId, visitorId ?? NOBODY, event.id);
      return row === null ? [] : [{ id, shopId, visitorId, occurredAt, ...row }];
    }),
    receivedAt,
  );
  if (visitorId === null) return { stored, orders: 0 };

  const carts = events.filter((event) => event.type === "cart_changed");
  await queueCartMessages(
    shopId,
    carts.map((event) => eventIdOf(shopId, visitorId, event.id)),
    receivedAt,
  );
  let orders = 0;
  for (const { event, occurredAt } of claims) {
    if (event.type !== "order_placed") continue;
    const order: ClaimedOrder = { shopId, visitorId, placedAt: occurredAt, claim: event, resolved };
    if (await insertOrder(order)) orders += 1;
  }
  if (stored > 0) deskPort.find()?.visitorMoved(shopId, visitorId);
  if (stored > 0 && carts.length > 0) cartPort.find()?.cartTold(shopId, visitorId);
  return { stored, orders };
}
