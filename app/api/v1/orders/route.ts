import { listOrders, reportOrders } from "@/lib/api/operations";
import { serve } from "@/lib/api/serve";
import { listOrders as list } from "@/lib/insights/orders/list-orders";
import { recordReport } from "@/lib/insights/orders/record-report";
import { readOwn } from "@/lib/insights/orders/shapes/own";

export const GET = serve(listOrders, ({ shopId, query }) => list(shopId, query, new Date()));

export const POST = serve(reportOrders, ({ shopId, body }) =>
  recordReport({ shopId, source: "api", receivedAt: new Date() }, readOwn(body)),
);
