import { getDb, type Prisma } from "@/lib/db/client";
import type { BrowserEvent } from "@/lib/protocol/events";
import { applyChanges } from "../orders/apply-changes";
import { queueMatches } from "../orders/queue-matches";
import { boundedMinor, claimedLine } from "./claimed-rows";
import { cleanText } from "./clean-claim";
import type { ResolvedProduct } from "./resolve-products";

export interface ClaimedOrder {
  readonly shopId: string;
  readonly visitorId: string;
  readonly placedAt: Date;
  readonly claim: Extract<BrowserEvent, { type: "order_placed" }>;
  readonly resolved: ReadonlyMap<string, ResolvedProduct>;
}

/**
 * How long after an order was placed a claim may still say whose it is, milliseconds: the thank-you page opens seconds
 * after the shop's server has reported the order; a day leaves room for one that was open overnight.
 */
const CLAIM_WINDOW_MS = 86_400_000;

/**
 * Writes an order and its lines unless the shop already has one of this id, whoever claimed it. Of an order that the shop's
 * server proved before, a claim tells whose it is while nobody else has, and nothing more. True when it is new.
 */
export async function insertOrder(order: ClaimedOrder): Promise<boolean> {
  const { shopId, visitorId, placedAt, claim, resolved } = order;
  return getDb().$transaction(async (tx) => {
    const [row] = await tx.order.createManyAndReturn({
      skipDuplicates: true,
      select: { id: true },
      data: [
        {
          shopId,
          visitorId,
          visitorBy: "claim",
          externalId: cleanText(claim.orderId),
          source: "browser",
          currency: claim.currency,
          totalMinor: boundedMinor(claim.totalMinor),
          placedAt,
        },
      ],
    });
    if (!row) {
      await nameBuyer(tx, order);
      return false;
    }
    await tx.orderLine.createMany({
      data: claim.lines.map((line) => ({
        orderId: row.id,
        ...claimedLine(line, resolved),
        totalMinor: BigInt(line.quantity) * BigInt(line.unitMinor),
      })),
    });
    await applyChanges(tx, row.id);
    await queueMatches(tx, shopId, row.id);
    return true;
  });
}

async function nameBuyer(
  tx: Prisma.TransactionClient,
  { shopId, visitorId, placedAt, claim }: ClaimedOrder,
): Promise<void> {
  const [row] = await tx.order.updateManyAndReturn({
    where: {
      shopId,
      externalId: cleanText(claim.orderId),
      visitorId: null,
      confirmedAt: { not: null },
      placedAt: { gte: new Date(placedAt.getTime() - CLAIM_WINDOW_MS) },
    },
    data: { visitorId, visitorBy: "claim" },
    select: { id: true },
  });
  if (row) await queueMatches(tx, shopId, row.id);
}
