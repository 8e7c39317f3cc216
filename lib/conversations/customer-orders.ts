/**
 * What a customer ordered before, for the agent who talks with her (H7): from the shop's own system where one is connected and
 * its server vouched for her, else what was reported to us. For members of her shop only; nothing is stored.
 */
import { loadCustomerOrder, loadCustomerOrders } from "@/lib/catalogue/adapters/customer-orders";
import { getDb } from "@/lib/db/client";
import type { CustomerOrder, CustomerOrderDetails, CustomerOrders } from "@/lib/protocol/customer-orders";
import { AppError } from "@/lib/protocol/errors";
import { isStorable } from "@/lib/protocol/storable";
import { type ConversationAccess, requireMemberOf } from "./conversation-access";

/** Newest first; who ordered more often is asked about her latest. */
const MAX_ORDERS = 20;

export async function loadOrdersOf(access: ConversationAccess): Promise<CustomerOrders> {
  requireMemberOf(access, "agent");
  const who = await findWho(access);
  const live = await orNothing(
    who.personId === null ? null : loadCustomerOrders(access.shopId, who.personId),
  );
  if (live !== null) {
    return {
      source: "shop",
      asOf: live.asOf.getTime(),
      orders: live.value.slice(0, MAX_ORDERS).map(({ placedAt, ...order }) => ({
        ...order,
        placedAt: placedAt.getTime(),
        proven: true,
        cancelled: false,
      })),
    };
  }
  const rows = await getDb().order.findMany({
    where: { shopId: access.shopId, visitorId: { in: who.visitorIds } },
    orderBy: { placedAt: "desc" },
    take: MAX_ORDERS,
  });
  return { source: "reports", asOf: Date.now(), orders: rows.map(reported) };
}

/** @throws AppError not_found for an order that is not hers */
export async function loadOrderOf(
  access: ConversationAccess,
  reference: string,
): Promise<CustomerOrderDetails> {
  requireMemberOf(access, "agent");
  const who = await findWho(access);
  const live = await orNothing(
    who.personId === null ? null : loadCustomerOrder(access.shopId, who.personId, reference),
  );
  if (live?.value) {
    const { placedAt, ...order } = live.value;
    return {
      ...order,
      lines: [...order.lines],
      placedAt: placedAt.getTime(),
      proven: true,
      cancelled: false,
    };
  }
  const row = isStorable(reference)
    ? await getDb().order.findFirst({
        where: { shopId: access.shopId, visitorId: { in: who.visitorIds }, externalId: reference },
        include: { lines: { include: { product: { select: { title: true } } } } },
      })
    : null;
  if (row === null) throw new AppError("not_found", "she has no such order");
  return {
    ...reported(row),
    carrier: "",
    trackingNumber: "",
    trackingUrl: "",
    lines: row.lines.map(({ product, title, externalId, quantity }) => ({
      title: title || product?.title || externalId,
      quantity,
    })),
  };
}

/** Who she is to the shop's server, if it vouched for her, and every browser of hers. */
export async function findWho({ visitorId }: ConversationAccess) {
  const { personId, person } = await getDb().visitor.findUniqueOrThrow({
    where: { id: visitorId },
    select: { personId: true, person: { select: { visitors: { select: { id: true } } } } },
  });
  return { personId, visitorIds: person?.visitors.map(({ id }) => id) ?? [visitorId] };
}

/** A shop's system that does not answer is no reason to show nothing: what was reported to us is there. */
export async function orNothing<T>(asked: Promise<T | null> | null): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function reported(row: {
  readonly externalId: string;
  readonly placedAt: Date;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly status: string;
  readonly confirmedAt: Date | null;
  readonly visitorBy: string | null;
}): CustomerOrder {
  return {
    reference: row.externalId,
    placedAt: row.placedAt.getTime(),
    currency: row.currency,
    totalMinor: Number(row.totalMinor),
    state: "",
    deliveryDate: "",
    // That it was placed is not yet that she placed it: any page may claim an order's number.
    proven: row.confirmedAt !== null && row.visitorBy !== "claim",
    cancelled: row.status === "cancelled",
  };
}
