/** Orders and changes as the shop's server said them, whichever shape it spoke: what the three readers make. */

export interface ReportedLine {
  /** The shop's ids that may name it in the catalogue, best first: Shopify's variant, SKU, product. */
  readonly ids: readonly [string, ...string[]];
  /** The shop's own id of the line; empty when it has none. */
  readonly lineId: string;
  readonly title: string;
  readonly sku: string;
  readonly quantity: number;
  /** Minor units of the whole line: after discounts, with tax. */
  readonly totalMinor: bigint;
}

export interface ReportedOrder {
  readonly externalId: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly placedAt: Date;
  /** By the shop's clock. */
  readonly versionAt: Date;
  readonly status: "placed" | "cancelled";
  readonly customerExternalId: string | null;
  /** As it was passed along, unverified. */
  readonly visitorToken: string | null;
  readonly lines: readonly ReportedLine[];
}

export interface RefundedLine {
  readonly lineId: string | null;
  readonly id: string | null;
  readonly quantity: number;
  /** Minor units; null: the pieces' share of the line. */
  readonly minor: number | null;
}

export interface ReportedChange {
  readonly kind: "refund" | "cancellation";
  readonly orderExternalId: string;
  readonly externalId: string;
  readonly occurredAt: Date;
  readonly amountMinor: bigint;
  readonly lines: readonly RefundedLine[];
}

export interface Reported {
  readonly orders: readonly ReportedOrder[];
  readonly changes: readonly ReportedChange[];
  /** Ids of orders that were named, but are none yet: not paid for, a draft. */
  readonly ignored: readonly string[];
}
