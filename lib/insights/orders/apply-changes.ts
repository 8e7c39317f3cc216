/** Brings an order's lines, what they lost on which day, and its status to what its changes say; the caller holds the order's row. */
import * as z from "zod/mini";
import type { Prisma } from "@/lib/db/client";
import { lineReturns } from "./line-returns";
import { settleRefunds } from "./settle-refunds";

/** RefundedLine of reported.ts, as it lies in the database. */
const linesSchema = z.array(
  z.object({
    lineId: z.nullable(z.string()),
    id: z.nullable(z.string()),
    quantity: z.number(),
    minor: z.nullable(z.number()),
  }),
);

export async function applyChanges(tx: Prisma.TransactionClient, orderId: string): Promise<void> {
  const order = await tx.order.findUniqueOrThrow({
    where: { id: orderId },
    include: { lines: { orderBy: { id: "asc" } } },
  });
  const { shopId, totalMinor, status, lines } = order;
  const changes = await tx.orderChange.findMany({
    where: { shopId, orderExternalId: order.externalId },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  if (changes.length === 0 && status !== "cancelled" && order.cancelledAt === null) return;
  const refunds = changes
    .filter((change) => change.kind === "refund")
    .map(({ amountMinor, occurredAt, lines: of }) => ({
      amountMinor,
      occurredAt,
      lines: z.parse(linesSchema, of),
    }));
  const settled = settleRefunds(lines, refunds, totalMinor);
  for (const line of lines) {
    const refund = settled.get(line.id) ?? { quantity: 0, minor: 0n };
    if (refund.quantity === line.refundedQuantity && refund.minor === line.refundedMinor) continue;
    await tx.orderLine.update({
      where: { id: line.id },
      data: { refundedQuantity: refund.quantity, refundedMinor: refund.minor },
    });
  }
  const cancelledAt = cancellationOf(order, changes);
  await tx.orderLineReturn.deleteMany({ where: { line: { orderId } } });
  await tx.orderLineReturn.createMany({
    data: lineReturns(lines, refunds, { ...order, cancelledAt }).map((one) => ({ shopId, ...one })),
  });
  // Also when only the lines changed: whoever follows the orders by their change must see it.
  await tx.order.update({
    where: { id: orderId },
    data: { status: cancelledAt === null ? status : "cancelled", cancelledAt, updatedAt: new Date() },
  });
}

/**
 * When the order was first said to be cancelled, null when it is not. A version of the order that is newer than its
 * cancellation, and does not say so itself, has taken it back.
 */
function cancellationOf(
  order: {
    readonly status: string;
    readonly cancelledAt: Date | null;
    readonly versionAt: Date | null;
    readonly placedAt: Date;
  },
  changes: readonly { readonly kind: string; readonly occurredAt: Date }[],
): Date | null {
  const { status, versionAt, placedAt } = order;
  const named = changes.find(
    ({ kind, occurredAt }) => kind === "cancellation" && (versionAt === null || occurredAt >= versionAt),
  )?.occurredAt;
  if (status !== "cancelled" && named === undefined) return null;
  const said = named ?? versionAt ?? placedAt;
  return new Date(Math.min((order.cancelledAt ?? said).getTime(), said.getTime()));
}
