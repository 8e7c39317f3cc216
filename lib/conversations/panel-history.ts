/** What a replay reads of a panel long closed is deleted after a while; the panel as it was left stays. */
import { getDb } from "@/lib/db/client";
import { PANEL_HISTORY_DAYS } from "@/lib/protocol/limits";

const DAY_MS = 86_400_000;
/** Rows of one statement: it holds its locks for milliseconds, not minutes. */
const ROWS_AT_ONCE = 5_000;

/**
 * Deletes the journal's rows that a snapshot holds, of conversations closed more than PANEL_HISTORY_DAYS before `now`.
 * @returns how many
 */
export async function deleteOldHistory(now: Date): Promise<number> {
  const before = new Date(now.getTime() - PANEL_HISTORY_DAYS * DAY_MS);
  for (let total = 0; ; ) {
    const deleted = await getDb().$executeRaw`
      DELETE FROM "PanelUpdate" WHERE "id" IN (
        SELECT "PanelUpdate"."id" FROM "PanelUpdate"
          JOIN "Conversation" ON "Conversation"."id" = "PanelUpdate"."conversationId"
          WHERE "Conversation"."status" = 'closed' AND "Conversation"."closedAt" < ${before}
            AND "PanelUpdate"."inSnapshot"
          LIMIT ${ROWS_AT_ONCE})`;
    total += deleted;
    if (deleted < ROWS_AT_ONCE) return total;
  }
}
