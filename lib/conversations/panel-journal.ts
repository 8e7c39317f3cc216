/** The panel's journal in PostgreSQL: rows of updates and one snapshot a conversation. Port: lib/sync/server/ports. */
import { getDb } from "@/lib/db/client";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Journal, JournalUpdate } from "@/lib/sync/server/ports";

/** Merging a panel at its size limit takes about a second here. */
const COMPACT_WITHIN_MS = 30_000;

interface Part {
  readonly id: bigint;
  readonly part: Uint8Array;
}

export function createPanelJournal(): Journal {
  return { load, append, compact };
}

/** One statement, so that a compaction by another process is seen whole or not at all. */
async function load(conversationId: ConversationId): Promise<Uint8Array[]> {
  const rows = await getDb().$queryRaw<{ part: Uint8Array }[]>`
    SELECT "part" FROM (
      SELECT 0::bigint AS "id", "state" AS "part" FROM "PanelSnapshot" WHERE "conversationId" = ${conversationId}
      UNION ALL
      SELECT "id", "update" AS "part" FROM "PanelUpdate" WHERE "conversationId" = ${conversationId}
    ) AS "parts" ORDER BY "id"`;
  return rows.map((row) => row.part);
}

async function append(conversationId: ConversationId, updates: readonly JournalUpdate[]): Promise<void> {
  await getDb().panelUpdate.createMany({
    data: updates.map(({ participantId, update }) => ({
      conversationId,
      participantId,
      update: new Uint8Array(update),
    })),
  });
}

async function compact(
  conversationId: ConversationId,
  merge: (parts: readonly Uint8Array[]) => Uint8Array,
): Promise<void> {
  await getDb().$transaction(
    async (tx) => {
      // Two processes compact one after the other; appending goes on meanwhile.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${conversationId}, 0))`;
      const rows = await tx.$queryRaw<Part[]>`
        SELECT "id", "update" AS "part" FROM "PanelUpdate" WHERE "conversationId" = ${conversationId} ORDER BY "id"`;
      const last = rows.at(-1);
      if (last === undefined) return;
      const before = await tx.panelSnapshot.findUnique({ where: { conversationId } });
      const parts = [...(before ? [before.state] : []), ...rows.map((row) => row.part)];
      const snapshot = { upToId: last.id, state: new Uint8Array(merge(parts)) };
      await tx.panelSnapshot.upsert({
        where: { conversationId },
        create: { conversationId, ...snapshot },
        update: snapshot,
      });
      // By id, not "up to": a row of a slower transaction may appear below the highest one we read.
      await tx.$executeRaw`DELETE FROM "PanelUpdate" WHERE "id" = ANY(${rows.map((row) => row.id)}::bigint[])`;
    },
    { timeout: COMPACT_WITHIN_MS, maxWait: COMPACT_WITHIN_MS },
  );
}
