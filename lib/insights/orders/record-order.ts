/**
 * Writes what a shop's server says of an order. The newest version stands: its lines replace those that were there, a
 * browser's claim of the same order included, and refunds that came before are joined.
 */
import { resolveExternalIds } from "@/lib/catalogue/resolve-external";
import { getDb, type Prisma } from "@/lib/db/client";
import type { ReportResult } from "@/lib/protocol/api/order-report";
import type { ShopId } from "@/lib/protocol/ids";
import { cleanText } from "../internal/clean-claim";
import { applyChanges } from "./apply-changes";
import { type Buyer, findBuyer } from "./find-buyer";
import { queueMatches } from "./queue-matches";
import type { ReportedLine, ReportedOrder } from "./reported";

export interface ReportSource {
  readonly shopId: ShopId;
  readonly source: "webhook" | "api";
  readonly receivedAt: Date;
}

type Resolved = Awaited<ReturnType<typeof resolveExternalIds>>;

/** What there is of the order before this report. */
/** How far the shop's clock may be ahead of ours for a claim to be of the order that it names, milliseconds. */
const CLAIM_AHEAD_MS = 600_000;

interface Standing {
  readonly id: string;
  readonly visitorId: string | null;
  readonly visitorBy: string | null;
  readonly placedAt: Date;
  readonly confirmedAt: Date | null;
  readonly versionAt: Date | null;
}

export async function recordOrder(
  { shopId, source, receivedAt }: ReportSource,
  order: ReportedOrder,
): Promise<ReportResult> {
  const externalId = cleanText(order.externalId);
  const resolved = await resolveExternalIds(
    shopId,
    order.lines.flatMap((line) => line.ids.map(cleanText)),
  );
  const buyer = await findBuyer(shopId, order);
  const versionAt = earlier(order.versionAt, receivedAt);
  return getDb().$transaction(async (tx) => {
    const standing = await lockOrder(tx, { shopId, externalId, order, source, receivedAt });
    if (standing.versionAt !== null && standing.versionAt > versionAt) return "known";
    await tx.order.update({
      where: { id: standing.id },
      data: {
        source,
        currency: order.currency,
        totalMinor: order.totalMinor,
        placedAt: earlier(order.placedAt, receivedAt),
        status: order.status,
        confirmedAt: standing.confirmedAt ?? receivedAt,
        versionAt,
        ...(order.customerExternalId === null
          ? {}
          : { customerExternalId: cleanText(order.customerExternalId) }),
        ...buyerOf(standing, buyer, order.placedAt),
      },
    });
    await tx.orderLine.deleteMany({ where: { orderId: standing.id } });
    await tx.orderLine.createMany({
      data: order.lines.map((line) => ({ orderId: standing.id, ...lineRow(line, resolved) })),
    });
    await applyChanges(tx, standing.id);
    await queueMatches(tx, shopId, standing.id);
    return "stored";
  });
}

/** The row of this order, made when there is none, held until the transaction ends. */
async function lockOrder(
  tx: Prisma.TransactionClient,
  named: {
    readonly shopId: string;
    readonly externalId: string;
    readonly order: ReportedOrder;
    readonly source: string;
    readonly receivedAt: Date;
  },
): Promise<Standing> {
  const { shopId, externalId, order, source, receivedAt } = named;
  await tx.order.createMany({
    skipDuplicates: true,
    data: [
      {
        shopId,
        externalId,
        source,
        currency: order.currency,
        totalMinor: order.totalMinor,
        placedAt: earlier(order.placedAt, receivedAt),
      },
    ],
  });
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "shopId" = ${shopId} AND "externalId" = ${externalId} FOR UPDATE`;
  return tx.order.findUniqueOrThrow({
    where: { shopId_externalId: { shopId, externalId } },
    select: {
      id: true,
      visitorId: true,
      visitorBy: true,
      placedAt: true,
      confirmedAt: true,
      versionAt: true,
    },
  });
}

/**
 * What a token of ours says is not changed by a customer's number, and nothing by a report that names nobody; but for a
 * claim of an order that had not been placed yet: numbers follow one another, and anybody can name the next one.
 */
function buyerOf(standing: Standing, buyer: Buyer | null, placedAt: Date) {
  const isFirst = standing.confirmedAt === null;
  const cameBefore = standing.placedAt.getTime() < placedAt.getTime() - CLAIM_AHEAD_MS;
  if (buyer === null && isFirst && standing.visitorBy === "claim" && cameBefore) {
    return { visitorId: null, visitorBy: null };
  }
  if (buyer === null || (standing.visitorBy === "token" && buyer.by === "person")) return {};
  return { visitorId: buyer.visitorId, visitorBy: buyer.by };
}

function lineRow(line: ReportedLine, resolved: Resolved) {
  const ids = line.ids.map(cleanText);
  const externalId = ids.find((id) => resolved.has(id)) ?? ids[0] ?? "";
  const known = resolved.get(externalId);
  const pieces = BigInt(line.quantity);
  return {
    lineExternalId: cleanText(line.lineId),
    externalId,
    title: cleanText(line.title),
    sku: cleanText(line.sku),
    productId: known?.productId ?? null,
    variantId: known?.variantId ?? null,
    quantity: line.quantity,
    unitMinor: (2n * line.totalMinor + pieces) / (2n * pieces),
    totalMinor: line.totalMinor,
  };
}

/** Times never lie in the future: a shop's clock that is ahead means now. */
const earlier = (a: Date, b: Date) => (a < b ? a : b);
