import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { BASIS } from "./roll-up";

/** What is younger than this is being counted as always. Milliseconds. */
export const BEHIND_MS = 60_000;

/** How far what reports read is behind what was recorded. */
export type Behind =
  | { readonly state: "fresh" }
  /** What came in since then may not be counted. */
  | { readonly state: "behind"; readonly since: Date }
  /** Everything is being counted from the beginning: figures are incomplete until that is done. */
  | { readonly state: "rebuilding" };

/** The first row that came in after all that was counted, when it is older than the moment $2. */
const oldest = (moment: string, table: string, to: string) => `(
    SELECT ${moment} FROM ${table} e WHERE e."shopId" = s.id AND ${moment} > greatest(r.${to}, r."freshAt") AND ${moment} < $2::timestamptz
    ORDER BY ${moment} LIMIT 1)`;

const sql = `
  SELECT r."shopId" IS NOT NULL AND (r."basis" <> ${BASIS} OR r."freshAt" IS NULL) AS rebuilding,
    least(${oldest('e."receivedAt"', '"Event"', '"eventsTo"')}, ${oldest('e."updatedAt"', '"Order"', '"ordersTo"')}) AS since
  FROM "Shop" s LEFT JOIN "RollupState" r ON r."shopId" = s.id WHERE s.id = $1`;
const rowSchema = z.object({ rebuilding: z.boolean(), since: z.nullable(z.date()) });

/** For the screens of reports, which say so. @param now by the database's clock, or nearly */
export async function findBehind(shopId: string, now: Date): Promise<Behind> {
  const before = new Date(now.getTime() - BEHIND_MS).toISOString();
  const [row] = z.tuple([rowSchema]).parse(await getDb().$queryRawUnsafe(sql, shopId, before));
  if (row.rebuilding) return { state: "rebuilding" };
  return row.since === null ? { state: "fresh" } : { state: "behind", since: row.since };
}

/** For files and the API, which carry figures away: half of them would pass for all. @throws AppError unavailable */
export async function requireCounted(shopId: string): Promise<void> {
  if ((await findBehind(shopId, new Date())).state === "rebuilding")
    throw new AppError("unavailable", "all figures are being counted anew; come back in a few minutes");
}
