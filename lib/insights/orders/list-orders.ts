/** Orders as the public API hands them out: in the order in which they last changed, so that whoever follows misses none. */
import { getDb } from "@/lib/db/client";
import type { ListOrdersAnswer } from "@/lib/protocol/api/answers";
import { readCursor, writeCursor } from "@/lib/protocol/api/cursor";
import type { ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { SETTLED_AFTER_MS } from "../settled";

export interface OrdersQuestion {
  readonly id?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const BEGINNING = { at: new Date(0).toISOString(), id: "" };
const statuses = ["placed", "cancelled"] as const;
const sources = ["browser", "webhook", "api"] as const;

/** @throws AppError bad_request for a cursor that is none */
export async function listOrders(
  shopId: ShopId,
  { id, cursor, limit }: OrdersQuestion,
  now: Date,
): Promise<ListOrdersAnswer> {
  const after = readCursor(cursor) ?? BEGINNING;
  if (id !== undefined && !isStorable(id)) return { orders: [], next: writeCursor(after), more: false };
  const place = new Date(after.at);
  const rows = await getDb().order.findMany({
    where:
      id === undefined
        ? {
            shopId,
            updatedAt: { lt: new Date(now.getTime() - SETTLED_AFTER_MS) },
            OR: [{ updatedAt: { gt: place } }, { updatedAt: place, id: { gt: after.id } }],
          }
        : { shopId, externalId: id },
    orderBy: [{ updatedAt: "asc" }, { id: "asc" }],
    take: limit + 1,
    include: { lines: { orderBy: { id: "asc" } } },
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    orders: shown.map((row) => ({
      id: row.externalId,
      status: statuses.find((known) => known === row.status) ?? "placed",
      source: sources.find((known) => known === row.source) ?? "browser",
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
      placedAt: row.placedAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      currency: row.currency,
      totalMinor: Number(row.totalMinor),
      customerId: row.customerExternalId,
      visitorId: row.visitorId,
      lines: row.lines.map((line) => ({
        id: line.externalId,
        lineId: line.lineExternalId,
        title: line.title,
        sku: line.sku,
        known: line.productId !== null,
        quantity: line.quantity,
        unitMinor: Number(line.unitMinor),
        totalMinor: Number(line.totalMinor),
        refundedQuantity: line.refundedQuantity,
        refundedMinor: Number(line.refundedMinor),
      })),
    })),
    next: writeCursor(last ? { at: last.updatedAt.toISOString(), id: last.id } : after),
    more: rows.length > limit,
  };
}
