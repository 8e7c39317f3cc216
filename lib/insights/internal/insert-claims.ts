import { runStatement } from "@/lib/db/client";

/** One row of "Event" as a page claimed it. */
export interface ClaimRow {
  readonly id: string;
  readonly shopId: string;
  readonly visitorId: string | null;
  readonly type: string;
  readonly externalId?: string | null;
  readonly productId?: string | null;
  readonly variantId?: string | null;
  readonly data: object;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

/** Of one text whatever the number of rows, which go as one JSON value: planned once, sent once. */
const INSERT = `
  INSERT INTO "Event" ("id", "type", "source", "shopId", "visitorId", "externalId", "productId", "variantId", "data",
    "occurredAt", "receivedAt")
  SELECT "id", "type", 'browser', "shopId", "visitorId", "externalId", "productId", "variantId", "data", "occurredAt", "receivedAt"
  FROM jsonb_to_recordset($1::jsonb) AS "row" ("id" text, "type" text, "shopId" text, "visitorId" text, "externalId" text,
    "productId" text, "variantId" text, "data" jsonb, "occurredAt" timestamptz, "receivedAt" timestamptz)
  ON CONFLICT ("id") DO NOTHING`;

/** @returns how many were not there yet */
export async function insertClaims(rows: readonly ClaimRow[]): Promise<number> {
  return rows.length === 0 ? 0 : runStatement(INSERT, [JSON.stringify(rows)]);
}
