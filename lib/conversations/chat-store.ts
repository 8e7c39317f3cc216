/** Chat messages and receipts in PostgreSQL; numbers come from the conversation's row. Port: lib/sync/server/ports. */
import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { type ChatMessage, messageSchema } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, participantIdSchema } from "@/lib/protocol/ids";
import type { ChatStore, Receipt } from "@/lib/sync/server/ports";

interface Row {
  readonly seq: number;
  readonly clientId: string;
  readonly participantId: string | null;
  readonly body: unknown;
  readonly createdAt: Date;
}

const receiptSchema = z.object({
  participantId: participantIdSchema,
  deliveredSeq: z.number(),
  seenSeq: z.number(),
});

export function createChatStore(): ChatStore {
  return { append, list, receipts, setReceipt };
}

const toMessage = ({ createdAt, ...row }: Row): ChatMessage =>
  messageSchema.parse({ ...row, at: createdAt.getTime() });

async function append(
  conversationId: ConversationId,
  message: Parameters<ChatStore["append"]>[1],
): ReturnType<ChatStore["append"]> {
  const { clientId, participantId, body } = message;
  const number = () => getDb().$queryRaw<Row[]>`
    WITH "next" AS (
      UPDATE "Conversation" SET "lastSeq" = "lastSeq" + 1
      WHERE "id" = ${conversationId} AND NOT EXISTS (
        SELECT 1 FROM "Message" WHERE "conversationId" = ${conversationId} AND "clientId" = ${clientId})
      RETURNING "lastSeq")
    INSERT INTO "Message" ("id", "conversationId", "seq", "clientId", "participantId", "body", "createdAt")
    SELECT ${randomUUID()}, ${conversationId}, "lastSeq", ${clientId}, ${participantId}, ${JSON.stringify(body)}::jsonb,
      ${new Date()} FROM "next"
    RETURNING "seq", "clientId", "participantId", "body", "createdAt"`;
  // Two sends of one message at the same instant: one violates the unique key, and its number is not used up.
  const numbered = await number().then(
    ([row]) => ({ row }),
    (error: unknown) => ({ row: undefined, error }),
  );
  if (numbered.row) return { message: toMessage(numbered.row), repeated: false };
  const known = await findByClientId(conversationId, clientId);
  if (known) return { message: toMessage(known), repeated: true };
  if ("error" in numbered) throw numbered.error;
  throw new AppError("not_found", "no such conversation");
}

const findByClientId = (conversationId: ConversationId, clientId: string) =>
  getDb().message.findUnique({ where: { conversationId_clientId: { conversationId, clientId } } });

async function list(conversationId: ConversationId, page: { before: number | null; limit: number }) {
  const rows = await getDb().message.findMany({
    where: { conversationId, ...(page.before === null ? {} : { seq: { lt: page.before } }) },
    orderBy: { seq: "desc" },
    take: page.limit + 1,
  });
  const messages = rows.slice(0, page.limit).map(toMessage).reverse();
  return { messages, hasEarlier: rows.length > page.limit };
}

async function receipts(conversationId: ConversationId): Promise<Receipt[]> {
  const rows = await getDb().participant.findMany({
    where: { conversationId, deliveredSeq: { gt: 0 } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map((row) => receiptSchema.parse({ ...row, participantId: row.id }));
}

async function setReceipt(conversationId: ConversationId, receipt: Receipt): Promise<Receipt> {
  const rows = await getDb().$queryRaw<unknown[]>`
    UPDATE "Participant" AS "p" SET
      "deliveredSeq" = GREATEST("p"."deliveredSeq", LEAST(${receipt.deliveredSeq}::int, "c"."lastSeq")),
      "seenSeq" = GREATEST("p"."seenSeq", LEAST(${receipt.seenSeq}::int, "c"."lastSeq"))
    FROM "Conversation" AS "c"
    WHERE "p"."id" = ${receipt.participantId} AND "p"."conversationId" = ${conversationId}
      AND "c"."id" = ${conversationId}
    RETURNING "p"."id" AS "participantId", "p"."deliveredSeq", "p"."seenSeq"`;
  const [row] = rows;
  if (row === undefined) throw new AppError("not_found", "no such participant");
  return receiptSchema.parse(row);
}
