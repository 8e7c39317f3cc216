/** The panel's part of a film: what there is of its journal, and the journal itself in pages. */
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import { getDb } from "@/lib/db/client";
import { itemsOf, readItem } from "@/lib/panel/schema";
import { AppError } from "@/lib/protocol/errors";
import type { Film } from "@/lib/protocol/film";
import { encodeJournalPage, type JournalRow } from "@/lib/protocol/film-journal";
import type { AssetId } from "@/lib/protocol/ids";
import { PANEL_HISTORY_DAYS } from "@/lib/protocol/limits";
import type { FilmAccess } from "./access";

const DAY_MS = 86_400_000;
/** Updates of one page, and bytes after which it is full: a page is on its way for a moment, not for a coffee. */
const PAGE_ROWS = 2_000;
const PAGE_BYTES = 1_048_576;

/** What of the panel can be played. */
export async function describePanel(access: FilmAccess, now: Date): Promise<Film["panel"]> {
  const { conversationId } = access;
  const { first, past } = await findRows(access);
  const [row] = await getDb().$queryRaw<
    {
      closedAt: Date | null;
      updates: bigint;
      bytes: bigint;
      any: boolean;
      held: boolean;
      snapshot: boolean;
    }[]
  >`
    SELECT c."closedAt", count(u."id") FILTER (WHERE u."id" >= ${first} AND u."id" < ${past}) AS "updates",
      coalesce(sum(octet_length(u."update")) FILTER (WHERE u."id" >= ${first} AND u."id" < ${past}), 0)::bigint AS "bytes",
      count(u."id") > 0 AS "any",
      coalesce(bool_or(u."inSnapshot"), false) AS "held",
      EXISTS (SELECT 1 FROM "PanelSnapshot" s WHERE s."conversationId" = c."id") AS "snapshot"
    FROM "Conversation" c LEFT JOIN "PanelUpdate" u ON u."conversationId" = c."id"
    WHERE c."id" = ${conversationId} GROUP BY c."id"`;
  if (row === undefined) throw new AppError("not_found", "no such conversation");
  const { closedAt, updates, bytes, any, held, snapshot } = row;
  const expired = closedAt !== null && closedAt.getTime() < now.getTime() - PANEL_HISTORY_DAYS * DAY_MS;
  // A snapshot that stands for rows which are gone: what came after them makes no sense without it.
  const left = (expired && any) || (snapshot && !held);
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
  const { first, past } = await findRows(access);
  const seen = after === null ? first - 1n : BigInt(after);
  const rows = await getDb().$queryRaw<{ id: bigint; receivedAt: Date; update: Uint8Array }[]>`
    SELECT "id", "receivedAt", "update" FROM (
      SELECT "id", "receivedAt", "update",
        sum(octet_length("update")) OVER (ORDER BY "id") - octet_length("update") AS "before"
      FROM (
        SELECT * FROM "PanelUpdate" WHERE "conversationId" = ${access.conversationId} AND "id" > ${seen} AND "id" >= ${first} AND "id" < ${past}
        ORDER BY "id" LIMIT ${PAGE_ROWS}) AS "some"
    ) AS "page" WHERE "before" < ${PAGE_BYTES} ORDER BY "id"`;
  const last = rows.at(-1);
  return encodeJournalPage({
    rows: [
      ...(after === null ? await readBefore(access, first) : []),
      ...rows.map(({ receivedAt, update }) => ({ at: receivedAt.getTime(), update })),
    ],
    next: last ? String(last.id) : null,
  });
}

/** No row of a journal has this number or a higher one. */
const PAST_ALL = 2n ** 62n;

/** The rows that are hers to see: from the first, before the one past them. The journal's order stands, whatever a row's time says (RE6). */
async function findRows({ conversationId, only }: FilmAccess): Promise<{ first: bigint; past: bigint }> {
  if (only === null) return { first: 0n, past: PAST_ALL };
  const rows = await getDb().$queryRaw<{ first: bigint | null; past: bigint | null }[]>`
    SELECT min("id") FILTER (WHERE "receivedAt" >= ${only.from}) AS "first", min("id") FILTER (WHERE "receivedAt" > ${only.to}) AS "past"
    FROM "PanelUpdate" WHERE "conversationId" = ${conversationId}`;
  return { first: rows[0]?.first ?? PAST_ALL, past: rows[0]?.past ?? PAST_ALL };
}

/**
 * The panel as it stood when a kept passage began, without which its changes mean nothing: one update. Read into a document, so
 * that nothing is left of what had been rubbed out by then.
 */
async function readBefore({ conversationId, only }: FilmAccess, first: bigint): Promise<JournalRow[]> {
  if (only === null) return [];
  const rows = await getDb().panelUpdate.findMany({
    where: { conversationId, id: { lt: first } },
    orderBy: { id: "asc" },
    select: { update: true },
  });
  if (rows.length === 0) return [];
  return [{ at: only.from.getTime(), update: asOne(rows.map(({ update }) => update)) }];
}

/** What these make together, without what they had rubbed out. */
function asOne(updates: readonly Uint8Array[]): Uint8Array {
  const panel = new Doc();
  // One transaction: Yjs tidies up after each, which would cost as much as applying the update.
  panel.transact(() => {
    for (const update of updates) applyUpdate(panel, update);
  });
  const state = encodeStateAsUpdate(panel);
  panel.destroy();
  return state;
}

/** The pictures that lie on the panel at any time of what is hers to see. */
export async function findPictures(access: FilmAccess, now: Date): Promise<ReadonlySet<AssetId>> {
  const { kind } = await describePanel(access, now);
  const { first, past } = await findRows(access);
  const id = { gte: first, lt: past };
  const rows =
    kind === "left"
      ? await readLeft(access)
      : [
          ...(await readBefore(access, first)),
          ...(await getDb().panelUpdate.findMany({
            where: { conversationId: access.conversationId, id },
            orderBy: { id: "asc" },
            select: { update: true },
          })),
        ];
  const panel = new Doc();
  const found = new Set<AssetId>();
  itemsOf(panel).observeDeep(() => {
    for (const [key, value] of itemsOf(panel)) {
      const item = readItem(key, value);
      if (item) found.add(item.assetId);
    }
  });
  for (const { update } of rows) applyUpdate(panel, update);
  panel.destroy();
  return found;
}

/** All there is of a panel whose history was deleted, as one update at its conversation's end. */
async function readLeft({ conversationId, only }: FilmAccess): Promise<JournalRow[]> {
  const db = getDb();
  const [conversation, snapshot, loose] = await Promise.all([
    db.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { closedAt: true } }),
    db.panelSnapshot.findUnique({ where: { conversationId } }),
    db.panelUpdate.findMany({ where: { conversationId, inSnapshot: false }, orderBy: { id: "asc" } }),
  ]);
  const parts = [...(snapshot ? [snapshot.state] : []), ...loose.map(({ update }) => update)];
  const at = conversation.closedAt ?? snapshot?.updatedAt ?? loose.at(-1)?.receivedAt;
  if (only !== null && at && (at < only.from || at > only.to)) return [];
  return parts.length === 0 || !at ? [] : [{ at: at.getTime(), update: asOne(parts) }];
}
