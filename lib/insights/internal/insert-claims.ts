import { runStatementAlone } from "@/lib/db/client";
import { type ClaimType, eventCatalogue, type Happened } from "@/lib/protocol/event-catalogue";
import { lockOf } from "./lock-of";

interface Claimed {
  readonly id: string;
  readonly shopId: string;
  readonly visitorId: string | null;
  readonly externalId?: string | null;
  readonly productId?: string | null;
  readonly variantId?: string | null;
  readonly occurredAt: Date;
}

/** One row of "Event" as a page claimed it. */
export type ClaimRow = Claimed & Happened<ClaimType>;

/**
 * How long a claim is known when it comes again, days. The loader keeps what it could not send for one; the rest is for
 * pages that stayed open and copies of theirs.
 */
export const KNOWN_DAYS = 7;

/**
 * Of one text whatever the number of rows, which go as one JSON value: planned once, sent once. An id is looked for where its
 * event may lie: it happened at most a day before it was received, and what came before KNOWN_DAYS lies further back. The ids
 * go on their own, so that the index answers; a join with the rows reads the month. Received is when they are written, by the
 * database's clock, which is the same for all who write: whoever follows by it misses none (IN64).
 */
const INSERT = `
  INSERT INTO "Event" ("id", "type", "version", "source", "shopId", "visitorId", "externalId", "productId", "variantId", "data",
    "occurredAt", "receivedAt")
  SELECT "id", "type", "version", 'browser', "shopId", "visitorId", "externalId", "productId", "variantId", "data", "occurredAt", clock_timestamp()
  FROM jsonb_to_recordset($1::jsonb) AS "row" ("id" text, "type" text, "version" smallint, "shopId" text, "visitorId" text, "externalId" text,
    "productId" text, "variantId" text, "data" jsonb, "occurredAt" timestamptz)
  WHERE "id" <> ALL (ARRAY(SELECT known."id" FROM "Event" known WHERE known."id" = ANY($2)
    AND known."occurredAt" BETWEEN $3::timestamptz - interval '${KNOWN_DAYS + 1} days' AND $3::timestamptz + interval '1 day'))
  ON CONFLICT ("id", "occurredAt") DO NOTHING`;

/**
 * The rows of one batch. The table is kept by months and its key holds the time, which a wrong clock gives anew to a batch
 * that comes again: so a visitor's batches are taken in one after the other, and each looks whether the one before had it.
 *
 * @param receivedAt by the clock that settled their times
 * @returns how many were not there yet
 */
export async function insertClaims(rows: readonly ClaimRow[], receivedAt: Date): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const once = [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].reverse();
  return runStatementAlone(lockOf(first.visitorId ?? first.id), INSERT, [
    JSON.stringify(once.map((row) => ({ ...row, version: eventCatalogue[row.type].version }))),
    once.map(({ id }) => id),
    receivedAt,
  ]);
}
