import { getDb } from "@/lib/db/client";
import type { MemberId } from "@/lib/protocol/ids";

/** Messages of others that a member has not seen, by conversation; the server's own notices do not count. */
export async function unseenCounts(memberId: MemberId): Promise<ReadonlyMap<string, number>> {
  const rows = await getDb().$queryRaw<{ conversationId: string; unseen: number }[]>`
    SELECT p."conversationId", count(m."id")::int AS unseen
    FROM "Participant" p
    JOIN "Conversation" c ON c."id" = p."conversationId" AND c."status" <> 'closed'
    JOIN "Message" m ON m."conversationId" = p."conversationId" AND m."seq" > p."seenSeq"
      AND m."participantId" IS NOT NULL AND m."participantId" <> p."id"
    WHERE p."memberId" = ${memberId} AND p."leftAt" IS NULL
    GROUP BY p."conversationId"`;
  return new Map(rows.map((row) => [row.conversationId, row.unseen]));
}
