import { getDb } from "@/lib/db/client";
import type { BrowserEvent } from "@/lib/protocol/events";
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

/** Writes an order and its lines unless the shop already has one of this id, whoever claimed it. True when it is new. */
export async function insertOrder({
  shopId,
  visitorId,
  placedAt,
  claim,
  resolved,
}: ClaimedOrder): Promise<boolean> {
  return getDb().$transaction(async (tx) => {
    const [order] = await tx.order.createManyAndReturn({
      skipDuplicates: true,
      select: { id: true },
      data: [
        {
          shopId,
          visitorId,
          externalId: cleanText(claim.orderId),
          source: "browser",
          currency: claim.currency,
          totalMinor: boundedMinor(claim.totalMinor),
          placedAt,
        },
      ],
    });
    if (!order) return false;
    await tx.orderLine.createMany({
      data: claim.lines.map((line) => ({ orderId: order.id, ...claimedLine(line, resolved) })),
    });
    return true;
  });
}
