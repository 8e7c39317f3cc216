/** Everything that a shop's managers have kept, newest first: what people learn from. */
import { getDb } from "@/lib/db/client";
import type { Passage } from "@/lib/protocol/film";
import type { ShopId } from "@/lib/protocol/ids";
import { keptPassage, withSaver } from "./kept-passage";

/** Passages on one page; a shop that keeps more keeps too many to learn from. */
const MAX_LISTED = 300;

export interface KeptPassage extends Passage {
  readonly conversationId: string;
  readonly customer: string;
  /** Empty when nobody accepted it, or she is gone. */
  readonly agent: string;
  /** When the conversation began, milliseconds since 1970. */
  readonly startedAt: number;
}

/** @param shopId of a manager: the caller has made sure */
export async function listKeptPassages(shopId: ShopId): Promise<KeptPassage[]> {
  const rows = await getDb().passage.findMany({
    where: { shopId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_LISTED,
    include: {
      ...withSaver,
      conversation: {
        select: {
          createdAt: true,
          member: { select: { user: { select: { name: true } } } },
          participants: { where: { role: "customer" }, select: { name: true }, take: 1 },
        },
      },
    },
  });
  return rows.map((row) => ({
    ...keptPassage(row),
    conversationId: row.conversationId,
    customer: row.conversation.participants[0]?.name ?? "",
    agent: row.conversation.member?.user.name ?? "",
    startedAt: row.conversation.createdAt.getTime(),
  }));
}
