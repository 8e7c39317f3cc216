/** Before and after erasing a customer: how much of her there is, and what was erased when, by whom. */
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { findBrowsers } from "./find-browsers";

export interface ErasurePreview {
  /** Her name, or the shop's number of her; empty for a guest. */
  readonly name: string;
  /** What goes. */
  readonly visitors: number;
  readonly conversations: number;
  readonly messages: number;
  readonly pictures: number;
  /** What stays, and leads to nobody. */
  readonly visits: number;
  readonly orders: number;
}

/** @param who the shop's own number of the customer, or the id of one visitor. @throws AppError not_found */
export async function previewErasure(shopId: ShopId, who: string): Promise<ErasurePreview> {
  const db = getDb();
  const { person, ids } = await findBrowsers(db, shopId, who);
  const hers = { shopId, visitorId: { in: ids } };
  const [conversations, messages, pictures, visits, orders] = await Promise.all([
    db.conversation.count({ where: hers }),
    db.message.count({ where: { conversation: hers } }),
    db.asset.count({ where: { conversation: hers } }),
    db.visit.count({ where: hers }),
    db.order.count({ where: hers }),
  ]);
  const name = person === null ? "" : person.name || person.externalId;
  return { name, visitors: ids.length, conversations, messages, pictures, visits, orders };
}

export interface ErasureNote {
  readonly id: string;
  readonly by: string;
  readonly visitors: number;
  readonly conversations: number;
  readonly at: Date;
}

/** As many as one looks through; all of them stay stored. */
const LISTED = 50;

/** Newest first. */
export async function listErasures(shopId: ShopId): Promise<ErasureNote[]> {
  const rows = await getDb().erasure.findMany({
    where: { shopId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: LISTED,
  });
  return rows.map(({ id, by, visitors, conversations, createdAt }) => ({
    ...{ id, by, visitors, conversations },
    at: createdAt,
  }));
}
