/** Everything that a shop's managers have kept, newest first: what people learn from. */
import { getDb } from "@/lib/db/client";
import type { Passage } from "@/lib/protocol/film";
import type { ShopId } from "@/lib/protocol/ids";
import type { ClaimedMoney } from "../money";
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
  /** Bought after what was recommended in it, less what was given back, by the shop's rule; as the list of conversations has it. */
  readonly influenced: ClaimedMoney;
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
  const credited = await getDb().credit.groupBy({
    by: ["conversationId", "currency", "confirmed"],
    where: {
      ...{ shopId, kind: "recommended", stands: true },
      conversationId: { in: rows.map(({ conversationId }) => conversationId) },
    },
    _sum: { minor: true },
    orderBy: { currency: "asc" },
  });
  return rows.map((row) => ({
    ...keptPassage(row),
    conversationId: row.conversationId,
    customer: row.conversation.participants[0]?.name ?? "",
    agent: row.conversation.member?.user.name ?? "",
    startedAt: row.conversation.createdAt.getTime(),
    influenced: moneyOf(credited.filter(({ conversationId }) => conversationId === row.conversationId)),
  }));
}

function moneyOf(
  sums: readonly {
    readonly currency: string;
    readonly confirmed: boolean;
    readonly _sum: { readonly minor: bigint | null };
  }[],
): ClaimedMoney {
  const total = (some: typeof sums) => some.reduce((sum, { _sum }) => sum + Number(_sum.minor ?? 0), 0);
  return [...new Set(sums.map(({ currency }) => currency))].map((currency) => {
    const own = sums.filter((one) => one.currency === currency);
    return { currency, minor: total(own), claimed: total(own.filter(({ confirmed }) => !confirmed)) };
  });
}
