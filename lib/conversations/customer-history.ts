/** What a customer's agent is told of earlier times: conversations and visits, at any of her browsers (CO98). */
import { getDb, type Prisma } from "@/lib/db/client";
import type { CustomerFacts } from "@/lib/protocol/desk";
import { conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { maySeeFilm } from "@/lib/protocol/roles";
import type { AccessMember } from "./conversation-access";

/** Conversations named one by one. */
const MAX_EARLIER = 10;
/** Days named one by one. */
const MAX_DAYS = 5;

/** @param where which are hers, and earlier */
export async function listEarlier(
  member: AccessMember,
  where: Prisma.ConversationWhereInput,
): Promise<CustomerFacts["earlier"]> {
  const rows = await getDb().conversation.findMany({
    where,
    orderBy: { createdAt: "desc" },
    take: MAX_EARLIER,
    select: {
      id: true,
      createdAt: true,
      participants: {
        where: { role: { in: ["agent", "supervisor"] } },
        orderBy: { createdAt: "asc" },
        select: { role: true, name: true, memberId: true },
      },
    },
  });
  return rows.map(({ id, createdAt, participants }) => ({
    conversationId: conversationIdSchema.parse(id),
    at: createdAt.getTime(),
    agents: participants.filter(({ role }) => role === "agent").map(({ name }) => name),
    film: maySeeFilm(
      member.role,
      participants.some(({ memberId }) => memberId === member.memberId),
    ),
  }));
}

/** As lib/insights counts visits (IN175): days, however many browsers. */
export async function loadVisitDays(
  shopId: ShopId,
  visitorIds: readonly string[],
): Promise<CustomerFacts["visits"]> {
  const rows = await getDb().$queryRaw<{ day: string; count: number }[]>`
    SELECT "day"::text AS "day", count(*) OVER ()::int AS "count"
    FROM (SELECT DISTINCT "day" FROM "Visit" WHERE "shopId" = ${shopId} AND "visitorId" = ANY(${[...visitorIds]})) AS hers
    ORDER BY 1 DESC LIMIT ${MAX_DAYS}`;
  return { count: rows[0]?.count ?? 0, days: rows.map(({ day }) => day) };
}
