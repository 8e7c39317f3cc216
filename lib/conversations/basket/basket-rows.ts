/** The basket's rows: read whole, changed one after the other, and shown as everybody in the room sees them. */
import * as z from "zod/mini";
import { getDb, type Prisma } from "@/lib/db/client";
import { type Basket, type BasketLine, basketSchema } from "@/lib/protocol/basket";
import { type ConversationStatus, conversationStatuses } from "@/lib/protocol/control";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, type VisitorId, visitorIdSchema } from "@/lib/protocol/ids";
import { type Change, changes, isUnknown, type Line, PUT_WITHIN_MS } from "./basket-rules";

const headSchema = z.object({ status: z.enum(conversationStatuses), visitorId: visitorIdSchema });
const stateSchema = z.enum(["proposed", "putting", "in_cart", "refused", "declined", "withdrawn"]);

type Row = Awaited<ReturnType<typeof listRows>>[number];
type Database = Pick<Prisma.TransactionClient, "basketLine">;

/** A line with the columns that rules do not look at. */
export type StoredLine = Line & Pick<Row, "title" | "url" | "cartUrl">;

const listRows = (db: Database, conversationId: ConversationId) =>
  db.basketLine.findMany({ where: { conversationId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

const stored = (row: Row): StoredLine => ({ ...row, state: stateSchema.parse(row.state) });

/** What one change of a basket may read and write; nobody else changes the same basket meanwhile. */
interface OpenBasket {
  readonly status: ConversationStatus;
  readonly visitorId: VisitorId;
  readonly lines: readonly StoredLine[];
  /** @throws AppError not_found */
  line(lineId: string): StoredLine;
  add(row: Prisma.BasketLineUncheckedCreateInput): Promise<void>;
  /** @returns whether anything did change */
  save(line: Line, change: Change & { readonly cartUrl?: string }): Promise<boolean>;
}

/**
 * Runs in one transaction that holds the conversation's row: two at once are one after the other.
 *
 * @throws AppError not_found
 */
export function changeBasket<T>(
  conversationId: ConversationId,
  now: Date,
  run: (basket: OpenBasket) => Promise<T>,
): Promise<T> {
  return getDb().$transaction(async (tx) => {
    const [head] = await tx.$queryRaw<unknown[]>`
      UPDATE "Conversation" SET "basketChanges" = "basketChanges" + 1 WHERE "id" = ${conversationId}
      RETURNING "status", "visitorId"`;
    if (head === undefined) throw new AppError("not_found", "no such conversation");
    const lines = (await listRows(tx, conversationId)).map(stored);
    return run({
      ...headSchema.parse(head),
      lines,
      line: (lineId) => findLine(lines, lineId),
      add: async (row) => void (await tx.basketLine.create({ data: row })),
      async save(line, change) {
        if (!changes(change)) return false;
        await tx.basketLine.update({ where: { id: line.id }, data: { ...change, changedAt: now } });
        return true;
      },
    });
  });
}

/** @throws AppError not_found */
export function findLine<T extends Line>(lines: readonly T[], lineId: string): T {
  const line = lines.find(({ id }) => id === lineId);
  if (line === undefined) throw new AppError("not_found", "no such line in this conversation");
  return line;
}

export async function listLines(conversationId: ConversationId): Promise<StoredLine[]> {
  return (await listRows(getDb(), conversationId)).map(stored);
}

/** @property staleAt when it will read otherwise although nobody changes it, milliseconds since 1970 */
export async function loadBasket(
  conversationId: ConversationId,
  now: Date,
): Promise<{ readonly basket: Basket; readonly staleAt: number | null }> {
  const head = await getDb().conversation.findUnique({
    where: { id: conversationId },
    select: { basketChanges: true, basket: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
  });
  const rows = head?.basket ?? [];
  const ends = rows.flatMap((row) =>
    row.state === "putting" && row.putAt && !isUnknown(stored(row), now)
      ? [row.putAt.getTime() + PUT_WITHIN_MS]
      : [],
  );
  const basket = basketSchema.parse({
    changes: head?.basketChanges ?? 0,
    lines: rows.map((row) => shown(row, now)),
  });
  return { basket, staleAt: ends.length > 0 ? Math.min(...ends) : null };
}

function shown(row: Row, now: Date): Record<keyof BasketLine, unknown> {
  const { id, reason, seenAt, state, ...rest } = row;
  return {
    ...rest,
    lineId: id,
    state: isUnknown(stored(row), now) ? "unknown" : state,
    reason: reason ?? "",
    seen: seenAt !== null,
  };
}
