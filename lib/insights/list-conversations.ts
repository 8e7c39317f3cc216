/** Conversations with what came of each, as the public API hands them out: newest first, page by page, nothing that was said. */
import type { ApiFilters, ListConversationsAnswer } from "@/lib/protocol/api/answers";
import { readCursor, writeCursor } from "@/lib/protocol/api/cursor";
import type { ShopId } from "@/lib/protocol/ids";
import { findFilters } from "./api-filters";
import { conversationRecord } from "./conversation-record";
import { pageOfConversationRows } from "./reports/conversation-rows";
import { requireCounted } from "./rollups/behind";

export interface ConversationsQuestion extends ApiFilters {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Later than anything that happens. */
const NEVER = new Date("9999-01-01T00:00:00Z");

/** @throws AppError bad_request for a cursor that is none, unavailable while everything is counted anew */
export async function listConversations(
  shopId: ShopId,
  { since, until, cursor, limit, ...asked }: ConversationsQuestion,
): Promise<ListConversationsAnswer> {
  await requireCounted(shopId);
  const from = since === undefined ? new Date(0) : new Date(since);
  const to = until === undefined ? NEVER : new Date(until);
  const filters = await findFilters(shopId, asked);
  const question = { shopId, range: { from, to }, timeZone: "UTC", filters };
  const { rows, next } = await pageOfConversationRows(question, "all", limit, readCursor(cursor));
  return { conversations: rows.map(conversationRecord), next: next && writeCursor(next) };
}
