/** Conversations with what came of each, as the public API hands them out: newest first, page by page, nothing that was said. */
import { getDb } from "@/lib/db/client";
import type { ListConversationsAnswer } from "@/lib/protocol/api/answers";
import { readCursor, writeCursor } from "@/lib/protocol/api/cursor";
import type { ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { conversationRecord } from "./conversation-record";
import type { Filters } from "./question";
import { pageOfConversationRows } from "./reports/conversation-rows";
import { requireCounted } from "./rollups/behind";

export interface ConversationsQuestion {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Its name, whatever the case. */
  readonly team?: string | undefined;
  readonly channel?: Filters["channel"];
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Later than anything that happens. */
const NEVER = new Date("9999-01-01T00:00:00Z");

/** @throws AppError bad_request for a cursor that is none, unavailable while everything is counted anew */
export async function listConversations(
  shopId: ShopId,
  { since, until, team, channel, cursor, limit }: ConversationsQuestion,
): Promise<ListConversationsAnswer> {
  await requireCounted(shopId);
  const from = since === undefined ? new Date(0) : new Date(since);
  const to = until === undefined ? NEVER : new Date(until);
  const teamId = team === undefined ? undefined : await findTeamId(shopId, team);
  if (teamId === null) return { conversations: [], next: null };
  const question = { shopId, range: { from, to }, timeZone: "UTC", filters: { teamId, channel } };
  const { rows, next } = await pageOfConversationRows(question, "all", limit, readCursor(cursor));
  return { conversations: rows.map(conversationRecord), next: next && writeCursor(next) };
}

async function findTeamId(shopId: ShopId, name: string): Promise<string | null> {
  if (!isStorable(name)) return null;
  const [team] = await getDb().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Team" WHERE "shopId" = ${shopId} AND lower(name) = lower(${name.trim()})`;
  return team?.id ?? null;
}
