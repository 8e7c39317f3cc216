/**
 * The panel's journal in PostgreSQL: rows of updates, which stay, and one snapshot a conversation that stands for those
 * marked as held by it. Port: lib/sync/server/ports.
 */
import { bulkhead } from "cockatiel";
import { z } from "zod";
import { isNoSuchParent, readStatement, runStatement, runTogether } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, participantIdSchema } from "@/lib/protocol/ids";
import type { Journal, JournalUpdate, MergePanel, PanelSnapshot, StoredPanel } from "@/lib/sync/server/ports";

const COMPACTED_AT_ONCE = 4;
/**
 * One statement of the same text however many rows: one for every number of them would have to be planned again and
 * again. The updates go as one run of bytes, cut apart by the database.
 */
const APPEND = `
  INSERT INTO "PanelUpdate" ("conversationId", "participantId", "receivedAt", "update")
  SELECT "conversationId", "participantId", to_timestamp("at" / 1000.0), substring($1::bytea FROM "start" FOR "length")
  FROM unnest($2::text[], $3::text[], $4::bigint[], $5::int[], $6::int[])
    WITH ORDINALITY AS "row" ("conversationId", "participantId", "at", "start", "length", "place")
  ORDER BY "place"`;

const participantSchema = z.nullable(participantIdSchema);
const ownersSchema = z.record(z.string(), participantIdSchema);

/** Past the ORM: a panel has thousands of rows, which would hold up everybody's strokes while they become objects. */
interface Row {
  /** Null: the snapshot. */
  readonly id: string | null;
  readonly participantId: string | null;
  readonly part: Uint8Array;
  readonly owners: unknown;
}

/** One statement, so that a compaction by another process is seen whole or not at all. Parameters: $1 the conversation. */
const FIND = `
  SELECT "id", "participantId", "part", "owners" FROM (
    SELECT NULL::bigint AS "id", NULL::text AS "participantId", "state" AS "part", "owners"
      FROM "PanelSnapshot" WHERE "conversationId" = $1
    UNION ALL
    SELECT "id", "participantId", "update" AS "part", NULL::jsonb AS "owners"
      FROM "PanelUpdate" WHERE "conversationId" = $1 AND NOT "inSnapshot"
  ) AS "parts" ORDER BY "id" NULLS FIRST`;
/** Two processes compact one after the other; appending goes on meanwhile. */
const LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
/** Keeps nothing when another process has kept some of what was merged: then it read the same snapshot, or an earlier one. */
const KEEP = `
  INSERT INTO "PanelSnapshot" ("conversationId", "state", "owners", "updatedAt")
  SELECT $1, $2, $3::jsonb, now()
    WHERE cardinality($4::bigint[]) =
      (SELECT count(*) FROM "PanelUpdate" WHERE "id" = ANY($4::bigint[]) AND NOT "inSnapshot")
  ON CONFLICT ("conversationId") DO UPDATE SET "state" = excluded."state", "owners" = excluded."owners", "updatedAt" = now()`;
/** One by one, not "up to": a row of a slower transaction may appear below the highest one we read. */
const MARK = `UPDATE "PanelUpdate" SET "inSnapshot" = true WHERE "id" = ANY($1::bigint[])`;

export function createPanelJournal(): Journal {
  return { load, append, compact };
}

async function load(conversationId: ConversationId): Promise<StoredPanel> {
  return toPanel((await readStatement(FIND, [conversationId])) as Row[]);
}

async function append(batch: readonly JournalUpdate[]): Promise<void> {
  const starts: number[] = [];
  let bytes = 0;
  for (const { update } of batch) {
    // The database counts from 1.
    starts.push(bytes + 1);
    bytes += update.length;
  }
  try {
    await runStatement(APPEND, [
      Buffer.concat(batch.map(({ update }) => update)),
      batch.map(({ conversationId }) => conversationId),
      batch.map(({ participantId }) => participantId),
      batch.map(({ at }) => at),
      starts,
      batch.map(({ update }) => update.length),
    ]);
  } catch (error) {
    throw isNoSuchParent(error) ? new AppError("not_found", "no such conversation") : error;
  }
}

/** An outage frees hundreds of rooms in one moment, whose journals would all be in memory; the others wait. */
const compactions = bulkhead(COMPACTED_AT_ONCE, Number.POSITIVE_INFINITY);

const compact: Journal["compact"] = (conversationId, merge) =>
  compactions.execute(() => compactNow(conversationId, merge));

async function compactNow(conversationId: ConversationId, merge: MergePanel): Promise<void> {
  const rows = (await readStatement(FIND, [conversationId])) as Row[];
  const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  if (ids.length === 0) return;
  // Before the transaction: the embedded database does nothing else during one.
  const { state, owners } = await merge(toPanel(rows));
  await runTogether(async (ask) => {
    await ask(LOCK, [conversationId]);
    const kept = await ask(KEEP, [conversationId, state, JSON.stringify(Object.fromEntries(owners)), ids]);
    if (kept.rowCount > 0) await ask(MARK, [ids]);
  });
}

function toPanel(rows: readonly Row[]): StoredPanel {
  let snapshot: PanelSnapshot | null = null;
  const updates: StoredPanel["updates"][number][] = [];
  for (const { id, participantId, part, owners } of rows) {
    if (id === null) snapshot = { state: part, owners: toOwners(owners) };
    else updates.push({ participantId: participantSchema.parse(participantId), update: part });
  }
  return { snapshot, updates };
}

function toOwners(value: unknown): PanelSnapshot["owners"] {
  return new Map(Object.entries(ownersSchema.parse(value)).map(([id, owner]) => [Number(id), owner]));
}
