/** What was sent to a shop's webhooks lately, and sending something again by hand. */
import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { TEST_TYPE } from "@/lib/protocol/webhooks";
import { attemptDelivery, type Outcome } from "./attempt";
import { noEndpoint } from "./endpoints";

/** Deliveries the settings show of each endpoint. */
const RECENT = 10;

export interface RecentDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly type: string;
  /** pending | delivered | failed */
  readonly status: string;
  readonly attempts: number;
  readonly answered: number | null;
  readonly error: string | null;
  readonly createdAt: Date;
  /** Of one that is pending. */
  readonly nextAt: Date;
}

/** Newest first. */
export async function listDeliveries(shopId: ShopId, endpointId: string): Promise<RecentDelivery[]> {
  return getDb().webhookDelivery.findMany({
    where: { shopId, endpointId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: RECENT,
    omit: { payload: true, shopId: true, messageId: true, deliveredAt: true },
  });
}

/** Sends a message of the kind `webhook.test` at once. @throws AppError not_found */
export async function sendTest(shopId: ShopId, endpointId: string): Promise<Outcome> {
  const endpoint = await getDb().webhookEndpoint.findFirst({ where: { id: endpointId, shopId } });
  if (endpoint === null) throw noEndpoint();
  const at = new Date();
  const { id } = await getDb().webhookDelivery.create({
    data: {
      shopId,
      endpointId,
      messageId: `test_${randomUUID()}`,
      type: TEST_TYPE,
      payload: { type: TEST_TYPE, timestamp: at.toISOString(), data: {} },
      // Nobody but this call sends it: if it is not taken, it is not tried again.
      status: "failed",
    },
    select: { id: true },
  });
  return attemptDelivery(id, { byHand: true });
}

/** Sends one again at once, whatever became of it before. @throws AppError not_found */
export async function redeliver(shopId: ShopId, deliveryId: string): Promise<Outcome> {
  const delivery = await getDb().webhookDelivery.findFirst({ where: { id: deliveryId, shopId } });
  if (delivery === null) throw new AppError("not_found", "the shop has no such delivery");
  return attemptDelivery(deliveryId, { byHand: true });
}
