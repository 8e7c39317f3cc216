/** The panel's part of a film: what there is of its journal, and the journal itself in pages. */
import { mergeUpdates } from "yjs";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { Film } from "@/lib/protocol/film";
import { encodeJournalPage, type JournalRow } from "@/lib/protocol/film-journal";
import { PANEL_HISTORY_DAYS } from "@/lib/protocol/limits";
import type { FilmAccess } from "./access";

const DAY_MS = 86_400_000;
/** Updates of one page, and bytes after which it is full: a page is on its way for a moment, not for a coffee. */
const PAGE_ROWS = 2_000;
const PAGE_BYTES = 1_048_576;

/** What of the panel can be played. */
export async function describePanel(access: FilmAccess, now: Date): Promise<Film["panel"]> {
  const { conversationId } = access;
  const [row] = await getDb().$queryRaw<
    { closedAt: Date | null; updates: bigint; bytes: bigint; held: boolean; snapshot: boolean }[]
  >`
    SELECT c."closedAt", count(u."id") AS "updates", coalesce(sum(octet_length(u."update")), 0)::bigint AS "bytes",
      coalesce(bool_or(u."inSnapshot"), false) AS "held",
      EXISTS (SELECT 1 FROM "PanelSnapshot" s WHERE s."conversationId" = c."id") AS "snapshot"
    FROM "Conversation" c LEFT JOIN "PanelUpdate" u ON u."conversationId" = c."id"
    WHERE c."id" = ${conversationId} GROUP BY c."id"`;
  if (row === undefined) throw new AppError("not_found", "no such conversation");
  const { closedAt, updates, bytes, held, snapshot } = row;
  const expired = closedAt !== null && closedAt.getTime() < now.getTime() - PANEL_HISTORY_DAYS * DAY_MS;
  // A snapshot that stands for rows which are gone: what came after them makes no sense without it.
  const left = (expired && Number(updates) > 0) || (snapshot && !held);
  return { kind: left ? "left" : "journal", updates: Number(updates), bytes: Number(bytes) };
}

/**
 * @param after number of the last row that was read
 * @returns a page for decodeJournalPage
 * @throws AppError bad_request
 */
export async function readJournal(
  access: FilmAccess,
  after: string | null,
  now: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  if (after !== null && !/^\d{1,18}$/.test(after)) throw new AppError("bad_request", "after: no row of ours");
  const { kind } = await describePanel(access, now);
  if (kind === "left") return encodeJournalPage({ rows: await readLeft(access), next: null });
  const rows = await getDb().$queryRaw<{ id: bigint; receivedAt: Date; update: Uint8Array }[]>`
    SELECT "id", "receivedAt", "update" FROM (
      SELECT "id", "receivedAt", "update",
        sum(octet_length("update")) OVER (ORDER BY "id") - octet_length("update") AS "before"
      FROM (
        SELECT * FROM "PanelUpdate" WHERE "conversationId" = ${access.conversationId} AND "id" > ${BigInt(after ?? 0)}
        ORDER BY "id" LIMIT ${PAGE_ROWS}) AS "some"
    ) AS "page" WHERE "before" < ${PAGE_BYTES} ORDER BY "id"`;
  const last = rows.at(-1);
  return encodeJournalPage({
    rows: rows.map(({ receivedAt, update }) => ({ at: receivedAt.getTime(), update })),
    next: last ? String(last.id) : null,
  });
}

/** All there is of a panel whose history was deleted, as one update at its conversation's end. */
async function readLeft({ conversationId }: FilmAccess): Promise<JournalRow[]> {
  const db = getDb();
  const [conversation, snapshot, loose] = await Promise.all([
    db.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { closedAt: true } }),
    db.panelSnapshot.findUnique({ where: { conversationId } }),
    db.panelUpdate.findMany({ where: { conversationId, inSnapshot: false }, orderBy: { id: "asc" } }),
  ]);
  const parts = [...(snapshot ? [snapshot.state] : []), ...loose.map(({ update }) => update)];
  const at = conversation.closedAt ?? snapshot?.updatedAt ?? loose.at(-1)?.receivedAt;
  return parts.length === 0 || !at ? [] : [{ at: at.getTime(), update: mergeUpdates(parts) }];
}
