/** Brings an order's lines and status to what its changes say; the caller holds the order's row. */
import * as z from "zod/mini";
import type { Prisma } from "@/lib/db/client";
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
  const { shopId, externalId, totalMinor, versionAt, status, lines } = await tx.order.findUniqueOrThrow({
    where: { id: orderId },
    include: { lines: { orderBy: { id: "asc" } } },
  });
  const changes = await tx.orderChange.findMany({
    where: { shopId, orderExternalId: externalId },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  if (changes.length === 0) return;
  const refunds = changes
    .filter((change) => change.kind === "refund")
    .map((change) => ({ amountMinor: change.amountMinor, lines: z.parse(linesSchema, change.lines) }));
  const settled = settleRefunds(lines, refunds, totalMinor);
  for (const line of lines) {
    const refund = settled.get(line.id) ?? { quantity: 0, minor: 0n };
    if (refund.quantity === line.refundedQuantity && refund.minor === line.refundedMinor) continue;
    await tx.orderLine.update({
      where: { id: line.id },
      data: { refundedQuantity: refund.quantity, refundedMinor: refund.minor },
    });
  }
  // A version of the order that is newer than its cancellation, and does not say so itself, has taken it back.
  const cancelled = changes.some(
    (change) => change.kind === "cancellation" && (versionAt === null || change.occurredAt >= versionAt),
  );
  // Also when only the lines changed: whoever follows the orders by their change must see it.
  await tx.order.update({
    where: { id: orderId },
    data: { status: cancelled ? "cancelled" : status, updatedAt: new Date() },
  });
}
