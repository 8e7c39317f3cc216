/**
 * A code that a customer reads out on the phone, so that the agent who hears it finds this very conversation among all that
 * wait. It gives no leave to anything: what the agent may see is asked of the customer as always.
 */
import { randomInt } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type ConversationId, conversationIdSchema, type ShopId } from "@/lib/protocol/ids";
import { readSpokenCode, SPOKEN_CODE_MS, SPOKEN_CODES, spokenCodeOf } from "@/lib/protocol/spoken-code";
import { acceptConversation } from "./accept";
import { requireConversationAccess } from "./access";
import { type ConversationAccess, requireNotClosed } from "./conversation-access";
import { joinConversation } from "./join";

interface SpokenCode {
  readonly code: string;
  /** Milliseconds since 1970, the server's clock. */
  readonly until: number;
}

/** Milliseconds that a code must still have to be read out: two minutes. */
const LEAST_LEFT_MS = 120_000;
/** Of a hundred million codes a shop holds a handful: the second try meets none. */
const TRIES = 5;

/**
 * The code of this conversation: the same while it is fresh, else a new one.
 *
 * @throws AppError forbidden for everybody but the customer, conversation_closed
 */
export async function giveSpokenCode(access: ConversationAccess): Promise<SpokenCode> {
  if (access.by.kind !== "visitor") throw new AppError("forbidden", "only its customer reads out a code");
  requireNotClosed(access);
  const { conversationId, shopId } = access;
  const { spokenCode } = getDb();
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const now = Date.now();
    const held = await spokenCode.findUnique({ where: { conversationId } });
    if (held && held.until.getTime() - now > LEAST_LEFT_MS)
      return { code: held.code, until: held.until.getTime() };
    const code = spokenCodeOf(randomInt(SPOKEN_CODES));
    const until = now + SPOKEN_CODE_MS;
    // Her own that runs out, and whoever's that is over and has the same digits.
    const over = { shopId, code, until: { lte: new Date(now) } };
    const stale = held === null ? [over] : [over, { conversationId, code: held.code }];
    await spokenCode.deleteMany({ where: { OR: stale } });
    const data = { conversationId, shopId, code, until: new Date(until) };
    // Another tab of hers, or another conversation with these digits, was first: looked at again.
    const { count } = await spokenCode.createMany({ data, skipDuplicates: true });
    if (count === 1) return { code, until };
  }
  throw new AppError("unavailable", "no free code was found");
}

/**
 * An agent types what she heard: she is in the conversation then. A code opens once.
 *
 * @param headers of the agent's request
 * @throws AppError bad_request for what is no code, not_found for one that nobody has (any more), conversation_closed
 */
export async function enterBySpokenCode(
  headers: Headers,
  shopId: ShopId,
  said: string,
): Promise<{ readonly conversationId: ConversationId }> {
  const code = readSpokenCode(said);
  if (code === null) throw new AppError("bad_request", "not nine digits of which the last one fits");
  const conversationId = await takeCode(shopId, code);
  const access = await requireConversationAccess(headers, conversationId);
  await (access.status === "waiting" ? acceptConversation(access) : joinConversation(access));
  return { conversationId };
}

async function takeCode(shopId: ShopId, code: string): Promise<ConversationId> {
  const { spokenCode } = getDb();
  const found = await spokenCode.findUnique({ where: { shopId_code: { shopId, code } } });
  const isValid = found !== null && found.until.getTime() > Date.now();
  // Of two who heard it, one.
  const taken = isValid ? await spokenCode.deleteMany({ where: { shopId, code } }) : { count: 0 };
  if (found === null || taken.count === 0) throw new AppError("not_found", "nobody has this code");
  return conversationIdSchema.parse(found.conversationId);
}
