import type * as z from "zod/mini";
import type { OrderChangeReport, OrderReport, reportBodySchema } from "@/lib/protocol/api/order-report";
import type { Reported, ReportedChange, ReportedOrder } from "../reported";

/** Our own body, parsed. */
export function readOwn(body: z.output<typeof reportBodySchema>): Reported {
  return {
    orders: (body.orders ?? []).map(orderOf),
    changes: (body.changes ?? []).map(changeOf),
    ignored: [],
  };
}

function orderOf(order: OrderReport): ReportedOrder {
  const { id, currency, totalMinor, placedAt, updatedAt, status, customerId, vetrina_visitor, lines } = order;
  return {
    externalId: id,
    currency,
    totalMinor: BigInt(totalMinor),
    placedAt: new Date(placedAt),
    versionAt: new Date(updatedAt ?? placedAt),
    status: status ?? "placed",
    customerExternalId: customerId ?? null,
    visitorToken: vetrina_visitor ?? null,
    lines: lines.map((line) => ({
      ids: [line.id],
      lineId: line.lineId ?? "",
      title: line.title ?? "",
      sku: line.sku ?? "",
      quantity: line.quantity,
      totalMinor:
        line.totalMinor === undefined
          ? BigInt(line.quantity) * BigInt(line.unitMinor)
          : BigInt(line.totalMinor),
    })),
  };
}

function changeOf(change: OrderChangeReport): ReportedChange {
  return {
    kind: change.kind,
    orderExternalId: change.orderId,
    externalId: change.id,
    occurredAt: new Date(change.at),
    amountMinor: BigInt(change.amountMinor ?? 0),
    lines: (change.lines ?? []).map(({ lineId, id, quantity, amountMinor }) => ({
      lineId: lineId ?? null,
      id: id ?? null,
      quantity,
      minor: amountMinor ?? null,
    })),
  };
}
