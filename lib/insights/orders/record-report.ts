/** Everything of one report: orders first, so that changes of the same report find them. One order, one transaction. */
import type { ReportAnswer } from "@/lib/protocol/api/order-report";
import { recordChange } from "./record-change";
import { type ReportSource, recordOrder } from "./record-order";
import type { Reported } from "./reported";

export async function recordReport(source: ReportSource, reported: Reported): Promise<ReportAnswer> {
  const orders: ReportAnswer["orders"] = reported.ignored.map((id) => ({ id, result: "ignored" }));
  const changes: ReportAnswer["changes"] = [];
  for (const order of reported.orders) {
    orders.push({ id: order.externalId, result: await recordOrder(source, order) });
  }
  for (const change of reported.changes) {
    const result = await recordChange(source, change);
    changes.push({ id: change.externalId, orderId: change.orderExternalId, result });
  }
  return { orders, changes };
}
