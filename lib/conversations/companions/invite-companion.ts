/** A customer's word that somebody may look along (CO90): a code in an address that she sends to whom she likes. */
import { randomBytes } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationAccess, requireNotClosed } from "../conversation-access";

/** 128 bits: not to be guessed while a conversation lasts, and short enough for a message. */
const CODE_BYTES = 16;

/**
 * The code of this conversation, made with the first question: who asks again sends the same address to the next friend.
 *
 * @throws AppError forbidden for everybody but the customer, conversation_closed
 */
export async function inviteCompanion(access: ConversationAccess): Promise<{ readonly code: string }> {
  if (access.by.kind !== "visitor") throw new AppError("forbidden", "only its customer invites to it");
  requireNotClosed(access);
  const code = randomBytes(CODE_BYTES).toString("base64url");
  const id = access.conversationId;
  await getDb().conversation.updateMany({
    where: { id, companionCode: null },
    data: { companionCode: code },
  });
  const row = await getDb().conversation.findUniqueOrThrow({
    where: { id },
    select: { companionCode: true },
  });
  // Somebody was sent away in between, and the code with her: the one made here is not in force either.
  if (row.companionCode === null) throw new AppError("conflict", "the invitation was taken back meanwhile");
  return { code: row.companionCode };
}
