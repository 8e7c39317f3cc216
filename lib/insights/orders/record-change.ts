/** Writes one refund or cancellation. It is kept under the order's id of the shop, whether the order is there or not. */
import { getDb } from "@/lib/db/client";
import type { ReportResult } from "@/lib/protocol/api/order-report";
import { cleanText } from "../internal/clean-claim";
import { applyChanges } from "./apply-changes";
import type { ReportSource } from "./record-order";
import type { ReportedChange } from "./reported";

export async function recordChange(
  { shopId, source, receivedAt }: ReportSource,
  change: ReportedChange,
): Promise<ReportResult> {
  const orderExternalId = cleanText(change.orderExternalId);
  return getDb().$transaction(async (tx) => {
    const { count } = await tx.orderChange.createMany({
      skipDuplicates: true,
      data: [
        {
          shopId,
          orderExternalId,
          kind: change.kind,
          externalId: cleanText(change.externalId),
          lines: change.lines.map(({ lineId, id, ...rest }) => ({
            lineId: lineId === null ? null : cleanText(lineId),
            id: id === null ? null : cleanText(id),
            ...rest,
          })),
          amountMinor: change.amountMinor,
          source,
          occurredAt: change.occurredAt < receivedAt ? change.occurredAt : receivedAt,
          receivedAt,
        },
      ],
    });
    if (count === 0) return "known";
    const [order] = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Order" WHERE "shopId" = ${shopId} AND "externalId" = ${orderExternalId} FOR UPDATE`;
    if (order === undefined) return "kept";
    await applyChanges(tx, order.id);
    return "stored";
  });
}
