/**
 * What may become of a line of the basket: pure, values in and values out. A line is proposed by an agent and put into the
 * cart only after the customer's own yes to what she saw (SPEC, CO50 and on).
 *
 *     proposed -> putting -> in_cart
 *        |  ^        |  \-> refused -> putting (again)
 *        |  another price
 *        |-> declined, withdrawn
 */
import { MAX_BASKET_LINES } from "@/lib/protocol/basket";
import { AppError } from "@/lib/protocol/errors";

type StoredState = "proposed" | "putting" | "in_cart" | "refused" | "declined" | "withdrawn";

/** What is offered, as the catalogue has it now. */
export interface Offer {
  readonly externalId: string;
  readonly label: string;
  readonly currency: string;
  readonly unitMinor: number;
  readonly quantity: number;
}

export interface Line extends Offer {
  readonly id: string;
  readonly productId: string;
  readonly beforeMinor: number | null;
  readonly version: number;
  readonly state: StoredState;
  readonly reason: string | null;
  readonly attempt: string | null;
  readonly putAt: Date | null;
  readonly cartBefore: number;
  readonly seenAt: Date | null;
}

/** Columns that change; none: nothing does, and nobody need be told. */
export type Change = Partial<Omit<Line, "id" | "productId">>;
const nothing: Change = {};

export const changes = (change: Change): boolean => Object.keys(change).length > 0;

/** How long the shop's page has to answer, milliseconds; past it nobody knows. Longer than the frame waits for it. */
export const PUT_WITHIN_MS = 30_000;

/** She said yes, and the page's answer did not come. */
export function isUnknown(line: Pick<Line, "state" | "putAt">, now: Date): boolean {
  return line.state === "putting" && (line.putAt?.getTime() ?? 0) + PUT_WITHIN_MS <= now.getTime();
}

/** A variant waits once: proposed again it is the same line. @throws AppError too_many */
export function whereToPropose(lines: readonly Line[], externalId: string): Line | null {
  const waiting = lines.find((line) => line.state === "proposed" && line.externalId === externalId);
  if (waiting) return waiting;
  if (lines.length >= MAX_BASKET_LINES) throw new AppError("too_many", "the basket takes no more lines");
  return null;
}

/** The agent thinks again, while it waits. @throws AppError conflict */
export function propose(line: Line, offer: Offer): Change {
  if (line.state !== "proposed") throw new AppError("conflict", "it does not wait any more");
  if (sameOffer(line, offer)) return nothing;
  return { ...offer, beforeMinor: null, reason: null, version: line.version + 1 };
}

/** @throws AppError conflict once she has answered */
export function withdraw(line: Line): Change {
  if (line.state === "withdrawn") return nothing;
  if (line.state !== "proposed") throw new AppError("conflict", "it does not wait any more");
  return { state: "withdrawn" };
}

/** @throws AppError conflict once she has said yes, or the agent took it back */
export function decline(line: Line): Change {
  if (line.state === "declined") return nothing;
  if (line.state !== "proposed") throw new AppError("conflict", "it does not wait any more");
  return { state: "declined" };
}

/** Her yes to one line: to which proposal, and how many of it. */
export interface Yes {
  readonly version: number;
  readonly quantity: number;
  /** The tab that will ask the shop's page. */
  readonly attempt: string;
}

/** What the check of price and stock said a moment ago. */
export type Checked =
  | { readonly ok: true; readonly unitMinor: number; readonly currency: string }
  | {
      readonly ok: false;
      readonly reason: "gone" | "out_of_stock" | "not_enough";
      /** Pieces that can be had, for `not_enough`. */
      readonly available: number | null;
    };

/**
 * True when her yes sets something off; false when that has happened already, here or in another tab.
 * @throws AppError conflict when it is not (or no longer) what is proposed
 */
export function mayConfirm(line: Line, yes: Yes, now: Date): boolean {
  if (line.state === "in_cart" || (line.state === "putting" && !isUnknown(line, now))) return false;
  if (line.state === "declined" || line.state === "withdrawn" || line.version !== yes.version)
    throw new AppError("conflict", "what is proposed is another");
  return true;
}

/** @param cartNow pieces of it in the cart, as the shop's page told last */
export function confirm(line: Line, yes: Yes, checked: Checked, cartNow: number, now: Date): Change {
  if (!checked.ok) {
    const { reason, available } = checked;
    // Fewer than she wants: she is asked about those.
    if (available !== null && available < yes.quantity)
      return { ...askAgain(line), reason, quantity: available, beforeMinor: null };
    return { state: "refused", reason, quantity: yes.quantity, attempt: null, putAt: null };
  }
  const { unitMinor, currency } = checked;
  if (unitMinor !== line.unitMinor || currency !== line.currency) {
    // Two prices in two currencies say nothing beside each other.
    const beforeMinor = currency === line.currency ? line.unitMinor : null;
    const terms = { unitMinor, currency, beforeMinor, quantity: yes.quantity };
    return { ...askAgain(line), ...terms, reason: null };
  }
  // Of a try that nobody knows the end of, the cart before it still is what to compare with.
  const cartBefore = line.state === "putting" ? line.cartBefore : cartNow;
  const { quantity, attempt } = yes;
  return { state: "putting", reason: null, quantity, attempt, putAt: now, cartBefore };
}

/** Other terms than she agreed to. Forgets when she did, or a cart that shows that earlier yes would pass for one to these. */
const askAgain = ({ version }: Line) => ({ state: "proposed", version: version + 1, putAt: null }) as const;

/** What the shop's page answered, by the word of her browser. Late is better than never; an earlier try's no is none. */
export function settle(line: Line, answer: { attempt: string; ok: boolean; reason: string }): Change {
  if (line.attempt === null) throw new AppError("conflict", "she has not said yes");
  if (line.state !== "putting" && line.state !== "refused") return nothing;
  if (answer.ok) return { state: "in_cart", reason: null };
  if (line.attempt !== answer.attempt || line.state !== "putting") return nothing;
  return { state: "refused", reason: answer.reason };
}

/** The shop's page told a cart with this many pieces of it, after she said yes. */
export function seeInCart(line: Line, cartNow: number, now: Date): Change {
  const said = line.putAt !== null && line.seenAt === null && line.state !== "proposed";
  if (!said || cartNow <= line.cartBefore) return nothing;
  return { state: "in_cart", reason: null, seenAt: now };
}

function sameOffer(line: Line, offer: Offer): boolean {
  const keys = ["externalId", "label", "currency", "unitMinor", "quantity"] as const;
  return keys.every((key) => line[key] === offer[key]);
}
