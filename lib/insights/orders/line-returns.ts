/**
 * What each refund, and the cancellation, took from each line, on its day: pure. It is the difference that the change made
 * to what settleRefunds says of all until then, so that the steps always add up to what the line lost (SPEC.md, AT20-AT22).
 */
import { type Refund, type SoldLine, settleRefunds } from "./settle-refunds";

export interface DatedRefund extends Refund {
  readonly occurredAt: Date;
}

export interface LineReturn {
  readonly orderLineId: string;
  /** 1, 2, 3 ... of the line. */
  readonly seq: number;
  readonly quantity: number;
  readonly minor: bigint;
  readonly occurredAt: Date;
}

/** Moments of one order that are told apart; of one with more refunds the earliest count as one, when the last of them was. */
const MAX_MOMENTS = 100;

/** @param refunds by their time */
export function lineReturns(
  lines: readonly SoldLine[],
  refunds: readonly DatedRefund[],
  order: { readonly totalMinor: bigint; readonly placedAt: Date; readonly cancelledAt: Date | null },
): LineReturn[] {
  const { cancelledAt } = order;
  const before = cancelledAt === null ? refunds : refunds.filter((one) => one.occurredAt < cancelledAt);
  const counts = before.map((_, i) => i + 1).slice(-MAX_MOMENTS);
  const states = counts.map((count) => ({
    at: before[count - 1]?.occurredAt ?? order.placedAt,
    taken: settleRefunds(lines, before.slice(0, count), order.totalMinor),
  }));
  return lines.flatMap((line) => {
    const whole = { quantity: line.quantity, minor: line.totalMinor };
    const steps = states.map(({ at, taken }) => ({ at, to: leavesNothing(line, taken.get(line.id)) }));
    if (cancelledAt !== null) steps.push({ at: cancelledAt, to: whole });
    let [quantity, minor] = [0, 0n];
    const returns: LineReturn[] = [];
    for (const { at, to } of steps) {
      if (to.quantity === quantity && to.minor === minor) continue;
      returns.push({
        orderLineId: line.id,
        seq: returns.length + 1,
        quantity: to.quantity - quantity,
        minor: to.minor - minor,
        // A clock that was wrong: nothing is given back before it was bought.
        occurredAt: new Date(Math.max(at.getTime(), order.placedAt.getTime())),
      });
      ({ quantity, minor } = to);
    }
    return returns;
  });
}

/** A line of which every piece came back counts nothing (IN44), also when the shop kept a fee. */
function leavesNothing(line: SoldLine, taken = { quantity: 0, minor: 0n }) {
  return taken.quantity >= line.quantity ? { quantity: line.quantity, minor: line.totalMinor } : taken;
}
