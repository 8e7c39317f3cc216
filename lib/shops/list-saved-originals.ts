import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";

/** Saves that an admin is shown: the last ones. All of them are events. */
const LAST = 10;

export interface SavedOriginal {
  readonly id: string;
  /** Null for somebody who is not one of the shop's people any more. */
  readonly name: string | null;
  readonly at: Date;
}

/** Who of the shop's people took files as customers had sent them, the last one first. */
export async function listSavedOriginals(shopId: ShopId): Promise<SavedOriginal[]> {
  const events = await getDb().event.findMany({
    where: { shopId, type: "original_saved" },
    orderBy: { occurredAt: "desc" },
    take: LAST,
    select: { id: true, memberId: true, occurredAt: true },
  });
  const ids = events.flatMap(({ memberId }) => memberId ?? []);
  const members = await getDb().member.findMany({
    where: { shopId, id: { in: ids } },
    select: { id: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map(({ id, user }) => [id, user.name]));
  return events.map(({ id, memberId, occurredAt }) => ({
    id,
    name: names.get(memberId ?? "") ?? null,
    at: occurredAt,
  }));
}
