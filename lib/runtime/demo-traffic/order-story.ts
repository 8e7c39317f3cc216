/** One order: what was bought, whether the shop's server has proven it, and what came back. */

import type { EventType } from "@/lib/protocol/event-catalogue";
import type { Choice } from "./choose-products";
import type { Dice } from "./dice";
import { planted } from "./planted";
import type { ChangeRow, EventRow, LineRow, OrderRow, ReturnRow } from "./rows";
import type { WorldProduct } from "./world";

export interface Purchase {
  readonly visitorId: string;
  readonly at: number;
  /** What made her buy. */
  readonly product: WorldProduct;
  /** The shop's own number of the order. */
  readonly externalId: string;
  /** Nothing is generated after it. */
  readonly now: number;
}

export interface OrderStory {
  readonly order: OrderRow;
  readonly lines: readonly LineRow[];
  readonly changes: readonly ChangeRow[];
  readonly returns: readonly ReturnRow[];
  readonly events: readonly EventRow[];
}

/** Orders with one more product, chosen by nothing but its popularity. */
const EXTRA = 0.25;
const TWO_OF_IT = 0.06;
const CART_BEFORE_MS = 180_000;
const DAY_MS = 86_400_000;

export function orderStory(dice: Dice, choice: Choice, purchase: Purchase): OrderStory {
  const { visitorId, at, now, externalId } = purchase;
  const bought = [purchase.product];
  if (dice.chance(EXTRA)) bought.push(...choice.some(1).filter((one) => one !== purchase.product));
  const companion = choice.companion(bought);
  if (companion !== null) bought.push(companion);

  const id = dice.id(at);
  const backAt = at + dice.between(3, 20) * DAY_MS;
  const cancelledAt = at + dice.between(0.02, 1) * DAY_MS;
  const cancelled = dice.chance(planted.cancelled) && cancelledAt < now;
  const refunded = !cancelled && dice.chance(planted.refunded) && backAt < now;
  const lines = bought.map((product, index): LineRow => {
    const variant = dice.pick(product.variants);
    const quantity = dice.chance(TWO_OF_IT) ? 2 : 1;
    return {
      id: dice.id(at),
      orderId: id,
      externalId: variant.externalId,
      title: product.title,
      productId: product.id,
      variantId: variant.id,
      quantity,
      unitMinor: variant.unitMinor,
      refundedQuantity: refunded && index === 0 ? quantity : 0,
    };
  });
  const total = (of: readonly LineRow[]) => of.reduce((sum, line) => sum + line.quantity * line.unitMinor, 0);
  const totalMinor = total(lines);
  const currency = purchase.product.variants[0].currency;
  const changes: ChangeRow[] = [];
  const returns: ReturnRow[] = [];
  const takeBack = (back: readonly LineRow[], when: number, change: Pick<ChangeRow, "kind" | "lines">) => {
    const amountMinor = total(back);
    changes.push({ id: dice.id(when), orderExternalId: externalId, at: when, amountMinor, ...change });
    for (const line of back) {
      const minor = line.quantity * line.unitMinor;
      returns.push({ id: dice.id(when), orderLineId: line.id, quantity: line.quantity, minor, at: when });
    }
  };
  if (cancelled) takeBack(lines, cancelledAt, { kind: "cancellation", lines: [] });
  if (refunded) {
    const back = lines.slice(0, 1);
    const named = back.map(({ externalId: id, quantity }) => ({ lineId: null, id, quantity, minor: null }));
    takeBack(back, backAt, { kind: "refund", lines: named });
  }
  const inCart = lines.map(({ externalId: lineId, productId, variantId, quantity, unitMinor }) => ({
    externalId: lineId,
    productId,
    variantId,
    quantity,
    unitMinor,
  }));
  const claim = (type: EventType, when: number, data: object): EventRow => ({
    id: dice.id(when),
    type,
    source: "browser",
    visitorId,
    data,
    at: when,
  });
  return {
    order: {
      id,
      externalId,
      visitorId,
      confirmed: dice.chance(planted.confirmed),
      cancelledAt: cancelled ? cancelledAt : null,
      currency,
      totalMinor,
      placedAt: at,
    },
    lines,
    changes,
    returns,
    events: [
      claim("cart_changed", at - CART_BEFORE_MS, { currency, lines: inCart }),
      claim("order_placed", at, { orderId: externalId, currency, totalMinor }),
    ],
  };
}
