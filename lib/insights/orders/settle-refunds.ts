/** What refunds leave of an order's lines: pure. The changes are the truth; the figures on the lines follow from them. */
import { atLeastZero, atMost, shareOf } from "./minor-units";
import type { RefundedLine } from "./reported";

export interface SoldLine {
  /** Ours. */
  readonly id: string;
  /** The shop's, empty when it has none. */
  readonly lineExternalId: string;
  readonly externalId: string;
  readonly quantity: number;
  readonly totalMinor: bigint;
}

export interface Refund {
  readonly amountMinor: bigint;
  readonly lines: readonly RefundedLine[];
}

export interface LineRefund {
  readonly quantity: number;
  readonly minor: bigint;
}

/** By our ids of lines; every line is there. */
export function settleRefunds(
  lines: readonly SoldLine[],
  refunds: readonly Refund[],
  orderTotalMinor: bigint,
): Map<string, LineRefund> {
  /** Pieces whose amount was named, pieces whose amount follows from the line, and money, by line. */
  const back = new Map(lines.map((line) => [line.id, { pieces: 0, shared: 0, minor: 0n }]));
  let unnamed = 0n;
  for (const refund of refunds) {
    if (refund.lines.length === 0) unnamed += refund.amountMinor;
    for (const wanted of refund.lines) takeBack(wanted);
  }
  const wholeOrder = unnamed > 0n && unnamed >= orderTotalMinor;
  return new Map(
    lines.map((line) => {
      const { pieces, shared, minor } = back.get(line.id) ?? { pieces: 0, shared: 0, minor: 0n };
      if (wholeOrder) return [line.id, { quantity: line.quantity, minor: line.totalMinor }];
      const byPieces = shareOf(line.totalMinor, BigInt(shared), BigInt(line.quantity));
      const byOrder = orderTotalMinor > 0n ? shareOf(line.totalMinor, unnamed, orderTotalMinor) : 0n;
      return [
        line.id,
        { quantity: pieces + shared, minor: atMost(byPieces + minor + byOrder, line.totalMinor) },
      ];
    }),
  );

  function takeBack({ lineId, id, quantity, minor }: RefundedLine): void {
    const named = lines.filter((line) =>
      lineId !== null ? line.lineExternalId === lineId : line.externalId === id,
    );
    let left = quantity;
    let money = minor === null ? null : atLeastZero(BigInt(minor));
    for (const line of named) {
      const taken = back.get(line.id);
      if (taken === undefined) continue;
      const pieces = Math.min(left, line.quantity - taken.pieces - taken.shared);
      left -= pieces;
      if (money === null) {
        taken.shared += pieces;
      } else {
        // The first line that still has something takes the money; more than it cost spills over to the next.
        const fits = atMost(money, atLeastZero(line.totalMinor - taken.minor));
        taken.pieces += pieces;
        taken.minor += fits;
        money -= fits;
      }
    }
  }
}
