/** Conversations with what came of each, as the public API hands them out: newest first, page by page, nothing that was said. */
import * as z from "zod/mini";
import type { ListConversationsAnswer } from "@/lib/protocol/api/answers";
import { readCursor, writeCursor } from "@/lib/protocol/api/cursor";
import type { ShopId } from "@/lib/protocol/ids";
import { runSql } from "./internal/run-sql";
import { journeyRowSchema, journeyRowsSql } from "./reports/journeys";

export interface ConversationsQuestion {
  readonly since?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Parameters: $1 shop, $2 since, $3 and $4 the row before (none: what comes after everything), $5 rows. */
const sql = journeyRowsSql(`
    select c.id as "pageId", 0 as total from "Conversation" c
    where c."shopId" = $1 and c."createdAt" >= $2::timestamptz and (c."createdAt", c.id) < ($3::timestamptz, $4::text)
    order by c."createdAt" desc, c.id desc limit $5::int`);

const END = { at: "infinity", id: "" };

/** @throws AppError bad_request for a cursor that is none */
export async function listConversations(
  shopId: ShopId,
  { since, cursor, limit }: ConversationsQuestion,
): Promise<ListConversationsAnswer> {
  const before = readCursor(cursor) ?? END;
  const parameters = [shopId, since ?? new Date(0).toISOString(), before.at, before.id, limit + 1];
  const rows = z.array(journeyRowSchema).parse(await runSql(sql, parameters));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    conversations: shown.map((row) => ({
      id: row.conversationId,
      customer: row.customer,
      agent: row.agent,
      status: row.status,
      startedAt: iso(row.startedAt),
      endedAt: row.endedAt === null ? null : iso(row.endedAt),
      seen: row.seen,
      shown: row.shown,
      drawnOn: row.drawn,
      recommended: row.recommended,
      inCart: row.carted,
      bought: row.bought,
      value: row.value,
    })),
    next:
      last && rows.length > limit ? writeCursor({ at: iso(last.startedAt), id: last.conversationId }) : null,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
